import {ActivityCancellationType, type ActivityOptions} from '@temporalio/workflow';
import type {ActivityPolicy} from '../protocol/manifest.ts';

const second = 1000;

/** What a tool's activity gets where its manifest entry is silent. */
const toolDefaults: ActivityPolicy = {
  startToCloseTimeout: 60 * second,
  heartbeatTimeout: 10 * second,
  retry: {maximumAttempts: 5, initialInterval: second, backoffCoefficient: 2, maximumInterval: 30 * second},
};

/** What a model step gets; at least three attempts, since a forced worker shutdown uses one up. */
const modelDefaults: ActivityPolicy = {
  startToCloseTimeout: 300 * second,
  heartbeatTimeout: 10 * second,
  retry: {maximumAttempts: 5, initialInterval: second, backoffCoefficient: 2, maximumInterval: 30 * second},
};

const minimumModelAttempts = 3;

/** Options of a tool's activity. */
export function toolActivityOptions(policy: ActivityPolicy = {}): ActivityOptions {
  return activityOptions(toolDefaults, policy);
}

/** Options of a model step's activity. */
export function modelActivityOptions(policy: ActivityPolicy): ActivityOptions {
  const options = activityOptions(modelDefaults, policy);
  const attempts = options.retry?.maximumAttempts ?? minimumModelAttempts;
  return {...options, retry: {...options.retry, maximumAttempts: Math.max(attempts, minimumModelAttempts)}};
}

function activityOptions(defaults: ActivityPolicy, policy: ActivityPolicy): ActivityOptions {
  const {retry, ...timeouts} = {...defaults, ...policy};
  const {maximumInterval = 0, ...intervals} = {...defaults.retry, ...retry};
  return {
    ...timeouts,
    // A server refuses retries whose first interval is longer than the longest: the default has to give way.
    retry: {...intervals, maximumInterval: Math.max(maximumInterval, intervals.initialInterval ?? 0)},
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  } as ActivityOptions;
}

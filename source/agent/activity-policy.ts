import type {ActivityPolicy} from '../../workflows/protocol/manifest.ts';
import {AgentDefinitionError} from './agent-definition-error.ts';
import type {ActivitySettings} from './define-agent.ts';
import {toMilliseconds} from './duration.ts';

/** Timeouts and retries as a manifest has them: durations in milliseconds. */
export function toPolicy({retry, ...timeouts}: ActivitySettings): ActivityPolicy {
  const policy: Record<string, unknown> = {};
  for (const [name, duration] of Object.entries(timeouts)) policy[name] = toMilliseconds(duration);
  if (!retry) return policy;
  const {initialInterval, maximumInterval, ...counts} = retry;
  return {
    ...policy,
    retry: {
      ...counts,
      ...(initialInterval !== undefined && {initialInterval: toMilliseconds(initialInterval)}),
      ...(maximumInterval !== undefined && {maximumInterval: toMilliseconds(maximumInterval)}),
    },
  };
}

/**
 * Refuses retries that a server would refuse each time, or that would never end.
 *
 * @param activity whose policy it is, for the message
 */
export function checkPolicy(activity: string, {retry = {}}: ActivityPolicy): void {
  const {maximumAttempts = 1, backoffCoefficient = 1, initialInterval = 0, maximumInterval} = retry;
  const problem =
    !Number.isInteger(maximumAttempts) || maximumAttempts < 1
      ? 'maximumAttempts must be a whole number from 1 on'
      : !(backoffCoefficient >= 1)
        ? 'backoffCoefficient must be at least 1'
        : maximumInterval !== undefined && maximumInterval < initialInterval
          ? 'maximumInterval must not be shorter than initialInterval'
          : undefined;
  if (problem) throw new AgentDefinitionError(`The retries of ${activity}: ${problem}.`);
}

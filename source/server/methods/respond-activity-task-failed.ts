import type {Engine} from '../engine/engine.ts';
import {method} from '../grpc/method.ts';
import {failActivity, keepHeartbeatDetails} from '../run/activity.ts';
import type {Failure, Payloads} from '../wire/proto.ts';
import {findStartedActivity, findStartedActivityById, type StartedActivity} from './lookup.ts';

export const respondActivityTaskFailed = method('RespondActivityTaskFailed', (engine, request) =>
  fail(engine, findStartedActivity(engine, request.taskToken), request),
);

export const respondActivityTaskFailedById = method('RespondActivityTaskFailedById', (engine, request) =>
  fail(engine, findStartedActivityById(engine, request), request),
);

interface FailedRequest {
  failure?: Failure | null | undefined;
  lastHeartbeatDetails?: Payloads | null | undefined;
  identity: string;
}

function fail(
  engine: Engine,
  {run, activity: {scheduledEventId}}: StartedActivity,
  {failure, lastHeartbeatDetails, identity}: FailedRequest,
) {
  engine.change(run, (change) => {
    if (lastHeartbeatDetails) keepHeartbeatDetails(change, scheduledEventId, lastHeartbeatDetails);
    failActivity(change, scheduledEventId, failure ?? {}, identity);
  });
  return {};
}

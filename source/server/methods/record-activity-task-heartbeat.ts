import type {Engine} from '../engine/engine.ts';
import {method} from '../grpc/method.ts';
import {recordHeartbeat} from '../run/activity.ts';
import type {Payloads} from '../wire/proto.ts';
import {findStartedActivity, findStartedActivityById, type StartedActivity} from './lookup.ts';

export const recordActivityTaskHeartbeat = method('RecordActivityTaskHeartbeat', (engine, request) =>
  heartbeat(engine, findStartedActivity(engine, request.taskToken), request.details),
);

export const recordActivityTaskHeartbeatById = method('RecordActivityTaskHeartbeatById', (engine, request) =>
  heartbeat(engine, findStartedActivityById(engine, request), request.details),
);

function heartbeat(engine: Engine, {run, activity}: StartedActivity, details: Payloads | null | undefined) {
  engine.change(run, (change) => recordHeartbeat(change, activity.scheduledEventId, details));
  return {cancelRequested: activity.cancelRequestedEventId > 0};
}

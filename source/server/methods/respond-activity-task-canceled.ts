import type {Engine} from '../engine/engine.ts';
import {method} from '../grpc/method.ts';
import {cancelActivity} from '../run/activity.ts';
import type {Payloads} from '../wire/proto.ts';
import {invalidArgument} from '../wire/service-error.ts';
import {findStartedActivity, findStartedActivityById, type StartedActivity} from './lookup.ts';

export const respondActivityTaskCanceled = method('RespondActivityTaskCanceled', (engine, request) =>
  cancel(engine, findStartedActivity(engine, request.taskToken), request),
);

export const respondActivityTaskCanceledById = method('RespondActivityTaskCanceledById', (engine, request) =>
  cancel(engine, findStartedActivityById(engine, request), request),
);

function cancel(
  engine: Engine,
  {run, activity}: StartedActivity,
  {details, identity}: {details?: Payloads | null | undefined; identity: string},
) {
  if (!activity.cancelRequestedEventId) {
    throw invalidArgument(
      'unable to mark activity as canceled without activity being request canceled first',
    );
  }
  engine.change(run, (change) => cancelActivity(change, activity.scheduledEventId, details, identity));
  return {};
}

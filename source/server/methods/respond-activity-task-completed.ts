import {sizeOfPayloads} from '../commands/payload-size.ts';
import type {Engine} from '../engine/engine.ts';
import {method} from '../grpc/method.ts';
import {completeActivity, failActivity} from '../run/activity.ts';
import type {Payloads} from '../wire/proto.ts';
import {findStartedActivity, findStartedActivityById, type StartedActivity} from './lookup.ts';

const maximumResultSize = 2 * 1024 * 1024;

const tooLarge = {
  message: 'Complete result exceeds size limit.',
  serverFailureInfo: {nonRetryable: true},
};

export const respondActivityTaskCompleted = method('RespondActivityTaskCompleted', (engine, request) =>
  complete(engine, findStartedActivity(engine, request.taskToken), request),
);

export const respondActivityTaskCompletedById = method(
  'RespondActivityTaskCompletedById',
  (engine, request) => complete(engine, findStartedActivityById(engine, request), request),
);

function complete(
  engine: Engine,
  {run, activity: {scheduledEventId}}: StartedActivity,
  {result, identity}: {result?: Payloads | null | undefined; identity: string},
) {
  engine.change(run, (change) => {
    if (sizeOfPayloads(result) > maximumResultSize)
      failActivity(change, scheduledEventId, tooLarge, identity);
    else completeActivity(change, scheduledEventId, result, identity);
  });
  return {};
}

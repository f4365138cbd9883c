import {z} from 'zod';
import {fields, wholeNumber} from './definition-fields.ts';
import {type Duration, toMilliseconds} from './duration.ts';

/**
 * Timeouts and retries of an activity, as an author writes them: `'30s'`, `'1m'`, or milliseconds. The defaults are those
 * of `ActivityPolicy`: an attempt of a tool has 60 s and a model step 300 s, a sign of life is due every 10 s and given
 * for it, and there are 5 attempts, 1 s, 2 s, 4 s and so on apart, 30 s at most.
 */
export interface ActivitySettings {
  startToCloseTimeout?: Duration;
  scheduleToCloseTimeout?: Duration;
  heartbeatTimeout?: Duration;
  retry?: {
    /** 1 or more; a model step gets at least 3, since a forced shutdown of its worker uses one up. */
    maximumAttempts?: number;
    initialInterval?: Duration;
    backoffCoefficient?: number;
    maximumInterval?: Duration;
  };
}

const duration = z.custom<Duration>().superRefine((value, context) => {
  try {
    toMilliseconds(value);
  } catch (error) {
    context.addIssue({code: 'custom', message: (error as Error).message});
  }
});

const retry = fields({
  maximumAttempts: wholeNumber(1).optional(),
  initialInterval: duration.optional(),
  backoffCoefficient: z.number('must be a number from 1 on').min(1, 'must be at least 1').optional(),
  maximumInterval: duration.optional(),
}).refine(
  ({initialInterval, maximumInterval}) =>
    initialInterval === undefined ||
    maximumInterval === undefined ||
    toMilliseconds(maximumInterval) >= toMilliseconds(initialInterval),
  'maximumInterval must not be shorter than initialInterval',
);

/** What `ActivitySettings` may be. A server refuses other retries each time, or they never end. */
export const activitySettings = fields({
  startToCloseTimeout: duration.optional(),
  scheduleToCloseTimeout: duration.optional(),
  heartbeatTimeout: duration.optional(),
  retry: retry.optional(),
});

import type {ActivitySettings} from '../../activities/activity-settings.ts';
import {toMilliseconds} from '../../activities/duration.ts';
import type {ActivityPolicy} from '../../workflows/protocol/manifest.ts';

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

/** Milliseconds, or a number with `ms`, `s`, `m` or `h`. */
export type Duration = number | `${number}${'ms' | 's' | 'm' | 'h'}`;

const units = {ms: 1, s: 1000, m: 60_000, h: 3_600_000} as const;

/** Ten years in milliseconds: what is longer is a slip. */
const longest = 315_360_000_000;

/**
 * A duration in milliseconds.
 *
 * @throws TypeError for anything that is not a duration from 1 ms to ten years
 */
export function toMilliseconds(duration: Duration): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(String(duration));
  const milliseconds = match
    ? Math.round(Number(match[1]) * units[(match[2] ?? 'ms') as keyof typeof units])
    : 0;
  if (milliseconds >= 1 && milliseconds <= longest) return milliseconds;
  throw new TypeError(
    `${JSON.stringify(duration) ?? String(duration)} is not a duration: write '30s', '1m' or milliseconds`,
  );
}

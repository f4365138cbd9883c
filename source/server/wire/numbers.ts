import type {Duration, HistoryEvent, Timestamp} from './proto.ts';

/** A 64-bit integer as the generated types spell it. */
export type Int64 = NonNullable<HistoryEvent['eventId']>;

/**
 * @param value an integer within ±2⁵³
 * @returns the same number under the type of a 64-bit field; the encoder takes plain numbers, the generated types do not say so
 */
export function int64(value: number): Int64 {
  return value as unknown as Int64;
}

/** @returns a 64-bit field, ours or a decoded one, as a number; 0 where it is absent */
export function fromInt64(value: Int64 | null | undefined): number {
  return value ? Number(value) : 0;
}

/**
 * @param milliseconds a length of time, 0 or more; fractions are kept
 * @returns the length as a message
 */
export function duration(milliseconds: number): Duration {
  const seconds = Math.floor(milliseconds / 1000);
  return {seconds: int64(seconds), nanos: Math.round((milliseconds - seconds * 1000) * 1e6)};
}

/** @returns the length in milliseconds; 0 where it is absent */
export function milliseconds(value: Duration | null | undefined): number {
  return value ? fromInt64(value.seconds) * 1000 + (value.nanos ?? 0) / 1e6 : 0;
}

/**
 * @param at milliseconds since the Unix epoch
 * @returns the moment as a message
 */
export function timestamp(at: number): Timestamp {
  return duration(at);
}

/** @returns the moment in milliseconds since the Unix epoch; 0 where it is absent */
export function momentOf(value: Timestamp | null | undefined): number {
  return milliseconds(value);
}

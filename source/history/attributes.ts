import type {JsonObject, JsonValue} from '../../workflows/protocol/json.ts';
import type {HistoryEvent} from './event.ts';

// A history may come from anywhere (a file, a foreign workflow), so nothing in it is taken for granted: each reader
// answers something harmless where the shape is not what it should be.

/** The value if it is an object, else an empty one. */
export function asObject(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

/** The value if it is an array, else an empty one. */
export function asArray(value: unknown): JsonValue[] {
  return Array.isArray(value) ? value : [];
}

/** The value if it is a string, else `fallback`. */
export function asText(value: unknown, fallback = ''): string {
  return typeof value === 'string' ? value : fallback;
}

/** A number, also where Temporal's JSON writes it as a string (64-bit integers); else `fallback`. */
export function asNumber(value: unknown, fallback = 0): number {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : fallback;
}

/** The payload at `index` of `input` or `result`; undefined where there is none. */
export function payload(event: HistoryEvent, name: 'input' | 'result', index = 0): JsonValue | undefined {
  return asArray(event.attributes[name])[index];
}

/** The event that an attribute such as `scheduledEventId` points to; 0 where it is missing. */
export function eventReference(event: HistoryEvent, name: string): number {
  return asNumber(event.attributes[name]);
}

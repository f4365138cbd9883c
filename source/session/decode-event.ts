import proto, {type temporal} from '@temporalio/proto';
import type {JsonObject, JsonValue} from '../../workflows/protocol/json.ts';
import type {HistoryEvent} from '../history/event.ts';

type ProtoEvent = temporal.api.history.v1.IHistoryEvent;

/**
 * A history event as plain data.
 *
 * Payloads in Temporal's JSON encoding become their values; others become a note of what they are. Timestamps become
 * milliseconds since the epoch, durations milliseconds.
 */
export function decodeEvent(workflowId: string, runId: string, event: ProtoEvent): HistoryEvent {
  const {HistoryEvent: type} = proto.temporal.api.history.v1;
  const plain = type.toObject(event as temporal.api.history.v1.HistoryEvent, {
    enums: String,
    longs: Number,
  }) as Record<string, unknown>;
  const attributes = Object.entries(plain).find(([key]) => key.endsWith('EventAttributes'))?.[1] ?? {};
  const {userMetadata} = plain;
  return {
    workflowId,
    runId,
    eventId: Number(plain.eventId),
    eventType: camelCase(String(plain.eventType).replace('EVENT_TYPE_', '')),
    time: toMilliseconds(plain.eventTime as Timestamp | undefined),
    attributes: {
      ...(toJson(attributes) as JsonObject),
      ...(userMetadata ? {userMetadata: toJson(userMetadata)} : {}),
    },
  };
}

interface Timestamp {
  seconds?: number;
  nanos?: number;
}

interface Payload {
  metadata?: Record<string, Uint8Array> | null;
  data?: Uint8Array | null;
}

/** Milliseconds of a protobuf timestamp or duration. */
export function toMilliseconds(time: Timestamp | undefined | null): number {
  return Number(time?.seconds ?? 0) * 1000 + Number(time?.nanos ?? 0) / 1_000_000;
}

/** The value of one payload, or a note of what it is where it is not JSON. */
export function decodePayload({metadata, data}: Payload): JsonValue {
  const bytes = data ?? new Uint8Array();
  const encoding = Buffer.from(metadata?.encoding ?? []).toString('utf8');
  if (encoding === 'binary/null') return null;
  if (encoding === 'json/plain') {
    try {
      return JSON.parse(Buffer.from(bytes).toString('utf8')) as JsonValue;
    } catch {
      // Shown as undecodable below.
    }
  }
  return {undecodable: encoding || 'unknown', bytes: bytes.length};
}

function toJson(value: unknown): JsonValue {
  if (value === null || value === undefined) return null;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== 'object') return value as JsonValue;
  return objectToJson(value as Record<string, unknown>);
}

function objectToJson(value: Record<string, unknown>): JsonValue {
  if (isPayload(value)) return decodePayload(value);
  if (Array.isArray(value.payloads)) return value.payloads.map(toJson);
  if (isTimestamp(value)) return toMilliseconds(value);
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, toJson(field)]));
}

function isPayload(value: Record<string, unknown>): value is Record<string, unknown> & Payload {
  return 'metadata' in value && 'data' in value && value.data instanceof Uint8Array;
}

function isTimestamp(value: Record<string, unknown>): boolean {
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => key === 'seconds' || key === 'nanos');
}

function camelCase(name: string): string {
  return name.toLowerCase().replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

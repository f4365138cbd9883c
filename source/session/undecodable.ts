import type {JsonValue} from '../../workflows/protocol/json.ts';

/** The encoding of a payload that `decodePayload` could not read; undefined for a value that it could. */
export function undecodableAs(value: JsonValue | undefined): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const {undecodable, bytes} = value;
  return typeof undecodable === 'string' && typeof bytes === 'number' ? undecodable : undefined;
}

/** Says of an encoding that it is not ours to read. */
export function encodedWords(encoding: string): string {
  return `it is encoded as ${encoding}, by a codec that is not known here.`;
}

interface PayloadLike {
  metadata: {encoding: unknown};
  data?: unknown;
}

/**
 * Looks for what cannot be decoded in a history, in Temporal's JSON or as the SDK has it.
 *
 * @returns the first event that has such a payload, and its encoding; undefined where everything can be read
 */
export function undecodableIn(events: readonly object[]): {at: string; encoding: string} | undefined {
  for (const [index, event] of events.entries()) {
    const encoding = undecodableWithin(event);
    if (encoding !== undefined) return {at: `event ${index + 1}`, encoding};
  }
  return undefined;
}

/** What the SDK's own converter reads. */
const readable = new Set(['binary/null', 'binary/plain', 'binary/protobuf', 'json/plain', 'json/protobuf']);

function undecodableWithin(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return undefined;
  if (isPayload(value)) return undecodablePayload(value);
  for (const inner of Object.values(value)) {
    const encoding = undecodableWithin(inner);
    if (encoding !== undefined) return encoding;
  }
  return undefined;
}

function isPayload(value: object): value is PayloadLike {
  const {metadata} = value as Partial<PayloadLike>;
  return typeof metadata === 'object' && metadata !== null && metadata.encoding !== undefined;
}

function undecodablePayload({metadata, data}: PayloadLike): string | undefined {
  const encoding = bytesOf(metadata.encoding).toString();
  if (!readable.has(encoding)) return encoding;
  return encoding !== 'json/plain' || isJson(bytesOf(data).toString()) ? undefined : encoding;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** JSON has bytes in base64. */
function bytesOf(value: unknown): Buffer {
  return typeof value === 'string' ? Buffer.from(value, 'base64') : Buffer.from((value ?? []) as Uint8Array);
}

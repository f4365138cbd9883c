import type {JsonObject, JsonValue} from '../../workflows/protocol/json.ts';

// What a server sends is whatever it likes, not what the types of an SDK promise: everything is looked at first.

/** The value where it is an object, else an empty one. */
export function recordOf(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}

/** Tells a JSON object from lists, texts and the rest. */
export function isRecord(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value where it is a list, else an empty one. */
export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value where it is a number, else 0. */
export function numberOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

/** A text as it is; of a list of parts the texts in it, as some servers send content; of anything else nothing. */
export function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return listOf(content)
    .map((part) => (typeof part === 'string' ? part : shownText(recordOf(part))))
    .join('');
}

/** Parts of other kinds (thinking, references, images) are no text of the answer. */
function shownText({type, text}: Record<string, unknown>): string {
  const shown = type === undefined || type === 'text' || type === 'output_text';
  return shown && typeof text === 'string' ? text : '';
}

/** Levels of nesting that are passed on; what a tool takes has a handful. */
const deepest = 200;

/** Arguments as JSON text: a piece of it as it came, an object (which some servers send instead) written out. */
export function argumentsText(value: unknown): string {
  if (typeof value === 'string') return value;
  // Deeper ones break `JSON.stringify`; what is left is still too deep, and is told so.
  return value === undefined || value === null ? '' : JSON.stringify(cutAt(value, deepest + 2));
}

function cutAt(value: unknown, levels: number): unknown {
  if (typeof value !== 'object' || value === null || levels === 0)
    return typeof value === 'object' ? null : value;
  if (Array.isArray(value)) return value.map((item) => cutAt(item, levels - 1));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cutAt(item, levels - 1)]));
}

/** True where lists and objects lie deeper in each other than anything that handles them can be trusted to bear. */
export function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) return true;
    level = level.flatMap(membersOf);
  }
  return false;
}

function membersOf(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value) : [];
}

/** The JSON value of a text; undefined where it is none. */
export function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

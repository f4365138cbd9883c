import type {JsonObject} from '../protocol/json.ts';

const longest = 80;

/** A call's arguments in one short line, for people who look in Temporal Web. Nothing depends on it. */
export function summarize(input: JsonObject): string {
  const text = Object.values(input)
    .map((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
    .join(' ')
    .replace(/\s+/g, ' ');
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}

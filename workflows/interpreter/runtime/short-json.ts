import type {ProgramJson} from '../program.ts';

const {stringify} = JSON;
const {entries} = Object;

/**
 * A value in short, for people: a text as it is, else JSON, cut after `limit` characters. Looks at no more of the value than
 * it shows, so a large one costs nothing and a deep one no stack.
 */
export function shortJson(value: ProgramJson, limit: number): string {
  const text = typeof value === 'string' ? value.slice(0, limit + 1) : begin(value, limit + 1);
  return text.length > limit ? `${text.slice(0, limit)}…` : text;
}

/** The beginning of a value's JSON, of about `room` characters. */
function begin(value: ProgramJson, room: number): string {
  if (room <= 0) return '';
  if (typeof value === 'string') return stringify(value.slice(0, room));
  if (typeof value !== 'object' || value === null) return stringify(value);
  const isList = Array.isArray(value);
  let text = isList ? '[' : '{';
  for (const [key, item] of isList
    ? value.slice(0, room).map((element) => ['', element] as const)
    : entries(value)) {
    if (text.length >= room) return text;
    if (text.length > 1) text += ',';
    if (!isList) text += `${stringify(key.slice(0, room))}:`;
    text += begin(item, room - text.length);
  }
  return text + (isList ? ']' : '}');
}

import type {JsonObject, JsonValue} from '../../workflows/protocol/json.ts';
import {asText} from './attributes.ts';
import {clip, printable} from './printable.ts';

/** Columns of a value that stands inside a line. */
const shortWidth = 40;

/** Characters of a long text that are looked at: the rest cannot be seen anyway. */
const lookedAt = 400;

/** A value as a few words of printable text: strings bare, all else as JSON. */
export function shortValue(value: JsonValue | undefined, width = shortWidth): string {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'string' ? value : shortJson(value);
  return clip(printable(text.slice(0, lookedAt)), width);
}

/** JSON of the start of a value, so that a megabyte costs no more than a line. */
function shortJson(value: JsonValue): string {
  if (Array.isArray(value)) {
    const shown = value.slice(0, 8).map((item) => shortJson(item).slice(0, lookedAt));
    return `[${shown.join(', ')}${value.length > shown.length ? ', …' : ''}]`;
  }
  if (typeof value === 'object' && value !== null) return `{${shortMembers(value)}}`;
  return typeof value === 'string' ? JSON.stringify(value.slice(0, lookedAt)) : String(value);
}

function shortMembers(value: JsonObject): string {
  const entries = Object.entries(value);
  const shown = entries.slice(0, 8).map(([key, member]) => `${key}: ${shortJson(member).slice(0, lookedAt)}`);
  return `${shown.join(', ')}${entries.length > shown.length ? ', …' : ''}`;
}

/** A tool's input in short: its first member, which by custom says what it is about; by name unless it is a string. */
export function shortInput(input: JsonObject | string | undefined, width = shortWidth): string {
  if (input === undefined || typeof input === 'string') return shortValue(input, width);
  const [first] = Object.entries(input);
  if (!first) return '';
  const [key, value] = first;
  return typeof value === 'string'
    ? shortValue(value, width)
    : shortValue(`${key}: ${shortJson(value)}`, width);
}

/** Words of people or of a model, in quotation marks. */
export function quoted(text: string, width = shortWidth): string {
  const words = clip(printable(text.slice(0, lookedAt)), width);
  return words && `“${words}”`;
}

/** What a spawn is about: the agent's name and its task. */
export function shortSpawn(input: JsonObject | string | undefined): string {
  if (input === undefined || typeof input === 'string') return shortValue(input);
  const name = printable(asText(input.agent_name));
  return [name, quoted(asText(input.task))].filter(Boolean).join(' ');
}

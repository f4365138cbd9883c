import type {JsonObject, JsonValue} from './json.ts';

/** A failure in a program that it neither awaited nor handled. */
export interface UnhandledFailure extends JsonObject {
  name: string;
  message: string;
}

/** What a program gives that logged something, or that left failures unhandled; any other gives its bare value. */
export interface ProgramResult {
  value: JsonValue;
  console?: string[];
  unhandled?: UnhandledFailure[];
  note?: string;
}

/** What to do about unhandled failures; the model reads it. */
export const unhandledNote =
  'The program completed, but nothing awaited or handled these failures. Await every call: for…of or gather instead of forEach.';

function isFailure(value: JsonValue): value is UnhandledFailure {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return typeof value.name === 'string' && typeof value.message === 'string';
}

/** The unhandled failures that a program's result carries. */
export function unhandledIn(result: JsonValue | undefined): UnhandledFailure[] {
  if (typeof result !== 'object' || result === null || Array.isArray(result)) return [];
  const {unhandled, note} = result;
  if (note !== unhandledNote || !Array.isArray(unhandled)) return [];
  return unhandled.filter(isFailure);
}

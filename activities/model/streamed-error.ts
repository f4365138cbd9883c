import type {JsonObject, JsonValue} from '../../workflows/protocol/json.ts';
import {isRecord, listOf, recordOf} from './wire-values.ts';

/** An error that a server reports where an answer should be: inside a stream, or as JSON with status 200. */
export class StreamedError extends Error {
  override name = 'StreamedError';
  /** The error in the provider's own words: `message`, `code`, `type`, as far as it has them. */
  readonly error: JsonObject;
  constructor(error: JsonObject) {
    super(typeof error.message === 'string' ? error.message : 'The model failed.');
    this.error = error;
  }
}

/**
 * The error in what a server sent, in any of the shapes that are about: OpenAI's and Anthropic's `error` object, a
 * plain text instead of it, Google's list around it, vLLM's and FastAPI's without it, OpenRouter's inside a choice.
 *
 * @returns undefined where there is no error in it
 */
export function errorIn(value: JsonValue | undefined): JsonObject | undefined {
  const body = Array.isArray(value) ? value[0] : value;
  if (!isRecord(body)) return undefined;
  const inner = body.error || recordOf(listOf(body.choices)[0]).error;
  if (isRecord(inner)) return inner;
  if (typeof inner === 'string') return {...withoutError(body), message: inner};
  if (body.type === 'error' || body.object === 'error') return body;
  return body.detail === undefined ? undefined : {...body, message: detailText(body.detail)};
}

/** An event that is named an error is one, whatever its data looks like. */
export function errorOfEvent(data: string, value: JsonValue | undefined): JsonObject {
  return errorIn(value) ?? (isRecord(value) ? value : {message: data});
}

function withoutError({error: _error, ...rest}: JsonObject): JsonObject {
  return rest;
}

/** FastAPI lists what was wrong with each field. */
function detailText(detail: JsonValue): string {
  return typeof detail === 'string' ? detail : JSON.stringify(detail);
}

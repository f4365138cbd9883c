import type {JsonObject} from '../../workflows/protocol/json.ts';
import type {ErrorContext} from './error-rules.ts';
import {UnusableAnswer} from './model-failure.ts';
import {errorIn, errorOfEvent, StreamedError} from './streamed-error.ts';
import {isRecord, parseJson} from './wire-values.ts';

/** One server-sent event as an SDK decodes it. */
interface ServerSentEvent {
  event: string | null;
  data: string;
}

/** How a provider's protocol puts an answer into a body. */
export interface AnswerFormat {
  /** The SDK's own decoder of server-sent events; ends where the controller aborts. */
  decode(response: Response, controller: AbortController): AsyncIterable<ServerSentEvent>;
  /** The events that stand for an answer that came as one JSON object; undefined where it is no answer. */
  eventsOfWhole(whole: JsonObject): JsonObject[] | undefined;
}

/** Stands for `[DONE]`: the server says that it has sent everything. */
export const done = Symbol('the end of an answer');

/** Bytes: many times what an answer may have, so that a call with too long arguments can still be told so. */
const longestBody = 32_000_000;

/**
 * The events of an answer, whether it streams or comes whole and whatever its content type claims: servers that imitate
 * a provider do both, with `text/plain` too.
 *
 * @param controller aborts the request; it does so, too, when the answer is left before its end
 * @throws StreamedError for an error instead of an event
 * @throws UnusableAnswer where something else answered than a model
 */
export async function* answerEvents(
  response: Response,
  format: AnswerFormat,
  controller: AbortController,
  errors: ErrorContext,
): AsyncGenerator<JsonObject | typeof done> {
  const type = (response.headers.get('content-type') ?? '').split(';')[0] ?? '';
  const {first, body} = await peek(response, errors);
  if (first === '<' || /html/i.test(type)) throw noAnswer('a web page', errors);
  if (first === '{' || first === '[') return yield* wholeAnswer(await body.text(), type, format, errors);
  let events = 0;
  for await (const {event, data} of decoded(body, format, controller)) {
    events += 1;
    if (data.trim() === '[DONE]') return yield done;
    yield readEvent(event, data);
  }
  if (events === 0 && type !== '' && !/event-stream/i.test(type)) throw noAnswer(type, errors);
}

function* wholeAnswer(text: string, type: string, format: AnswerFormat, errors: ErrorContext) {
  const value = parseJson(text);
  const error = errorIn(value);
  if (error) throw new StreamedError(error);
  const events = isRecord(value) ? format.eventsOfWhole(value) : undefined;
  if (!events) throw noAnswer(type || 'JSON', errors);
  yield* events;
  yield done;
}

async function* decoded(response: Response, format: AnswerFormat, controller: AbortController) {
  const events = format.decode(response, controller)[Symbol.asyncIterator]();
  try {
    for (let next = await events.next(); !next.done; next = await events.next()) yield next.value;
  } finally {
    // First, since a decoder that is left waits for the body, which may never end. That it was aborted is no failure.
    controller.abort();
    await events.return?.().catch(() => undefined);
  }
}

function readEvent(event: string | null, data: string): JsonObject {
  const value = parseJson(data);
  const error = event === 'error' ? errorOfEvent(data, value) : errorIn(value);
  if (error) throw new StreamedError(error);
  if (!isRecord(value)) throw new SyntaxError('An event of the answer is no JSON object.');
  return value;
}

/** The first character that is no space, and the response with its whole body. */
async function peek(response: Response, errors: ErrorContext): Promise<{first: string; body: Response}> {
  const chunks = bounded(response.body ?? new ReadableStream<Uint8Array>(), errors);
  const decoder = new TextDecoder();
  const read: Uint8Array[] = [];
  let first = '';
  while (first === '') {
    const {done: ended, value} = await chunks.next();
    if (ended) break;
    read.push(value);
    first = decoder.decode(value, {stream: true}).trimStart().slice(0, 1);
  }
  return {first, body: new Response(ReadableStream.from(joined(read, chunks)))};
}

async function* joined(read: readonly Uint8Array[], rest: AsyncIterable<Uint8Array>) {
  yield* read;
  yield* rest;
}

async function* bounded(body: AsyncIterable<Uint8Array>, errors: ErrorContext): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > longestBody) throw tooLong(errors, '32 MB');
    yield chunk;
  }
}

function noAnswer(what: string, {host, addressVariable}: ErrorContext): UnusableAnswer {
  const message = `${host} answered with ${what}, not with a model's answer: check ${addressVariable} and proxies on the way.`;
  return new UnusableAnswer({type: 'ModelBadResponse', message, retryable: false});
}

/** The answer is longer than can be kept. */
export function tooLong({service}: ErrorContext, size: string): UnusableAnswer {
  const message = `${service} answered with more than ${size}: ask for less at once.`;
  return new UnusableAnswer({type: 'ModelBadResponse', message, retryable: false});
}

import type {ModelStepResult} from '../../workflows/protocol/model-step.ts';
import {textSeparator} from './answer-parts.ts';
import {classifyError, cleanMessage} from './classify-error.ts';
import {readError} from './error-facts.ts';
import type {ErrorContext} from './error-rules.ts';
import {toApplicationFailure, UnusableAnswer} from './model-failure.ts';
import {type ModelAccess, modelVariables, vendorOf} from './model-keys.ts';
import type {LiveProviderName} from './model-name.ts';
import {withPlainPrograms} from './program-calls.ts';
import type {ModelContext} from './provider.ts';

/** Reads one streamed answer, event by event. */
export interface AnswerReader<Event> {
  /** Takes an event in. Returns the text in it, if any, and which of the answer's texts it belongs to. */
  read(event: Event): {text: string; part: number} | undefined;
  /**
   * The whole answer.
   *
   * @throws UnusableAnswer where it was refused, filtered, cut off or not complete
   */
  finish(): ModelStepResult;
}

/** A response whose body has not been read. */
interface OpenedStream<Event> {
  data: AsyncIterable<Event>;
  response: {headers: Headers};
}

/** Bytes of JSON. A longer message would not fit a page of the transcript, nor leave room in a Temporal message. */
const longestAnswer = 1_000_000;

/**
 * Opens a stream and reads it to its end.
 *
 * @throws what aborted the signal, if it is; else an ApplicationFailure made from whatever went wrong
 */
export async function streamAnswer<Event>(
  open: () => Promise<OpenedStream<Event>>,
  reader: AnswerReader<Event>,
  context: ModelContext,
  errors: ErrorContext,
): Promise<ModelStepResult> {
  try {
    context.signal.throwIfAborted();
    const {data, response} = await open();
    expectEventStream(response.headers, errors);
    await readEvents(data, reader, context);
    context.signal.throwIfAborted();
    return await withPlainPrograms(bounded(reader.finish(), errors));
  } catch (error) {
    if (context.signal.aborted) throw context.signal.reason;
    throw failureOf(error, errors);
  }
}

/** What failures say about a provider. */
export function errorContext(
  provider: LiveProviderName,
  access: ModelAccess,
  model: string,
  home: {service: string; baseURL: string},
): ErrorContext {
  const {host} = new URL(access.baseURL ?? home.baseURL);
  const variables = modelVariables[vendorOf(provider)];
  return {
    service: access.baseURL === undefined ? home.service : host,
    host,
    model,
    apiKey: access.apiKey,
    keyVariable: variables.apiKey,
    addressVariable: variables.baseURL,
  };
}

async function readEvents<Event>(
  events: AsyncIterable<Event>,
  reader: AnswerReader<Event>,
  context: ModelContext,
): Promise<void> {
  let current: number | undefined;
  for await (const event of events) {
    const piece = reader.read(event);
    if (!piece?.text) continue;
    if (current !== undefined && piece.part !== current) context.onText(textSeparator);
    current = piece.part;
    context.onText(piece.text);
  }
}

function expectEventStream(headers: Headers, {host, addressVariable}: ErrorContext): void {
  const type = headers.get('content-type') ?? '';
  if (type === '' || /^text\/event-stream/i.test(type)) return;
  const what = /html/i.test(type) ? 'a web page' : type.split(';')[0];
  const message = `${host} answered with ${what}, not with a model's answer: check ${addressVariable} and proxies on the way.`;
  throw new UnusableAnswer({type: 'ModelBadResponse', message, retryable: false});
}

function bounded(result: ModelStepResult, {service}: ErrorContext): ModelStepResult {
  if (Buffer.byteLength(JSON.stringify(result)) <= longestAnswer) return result;
  const message = `${service} answered with more than 1 MB: ask for less at once.`;
  throw new UnusableAnswer({type: 'ModelBadResponse', message, retryable: false});
}

function failureOf(error: unknown, errors: ErrorContext): Error {
  const failure =
    error instanceof UnusableAnswer ? error.failure : classifyError(readError(error, Date.now()), errors);
  return toApplicationFailure({...failure, message: cleanMessage(failure.message, errors.apiKey)});
}

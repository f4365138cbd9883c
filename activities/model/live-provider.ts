import type {JsonObject} from '../../workflows/protocol/json.ts';
import type {ModelStepResult} from '../../workflows/protocol/model-step.ts';
import {type AnswerFormat, answerEvents, done, tooLong} from './answer-events.ts';
import {textSeparator} from './answer-parts.ts';
import {classifyError, cleanMessage} from './classify-error.ts';
import {readError} from './error-facts.ts';
import type {ErrorContext} from './error-rules.ts';
import {toApplicationFailure, UnusableAnswer} from './model-failure.ts';
import {type ModelAccess, modelVariables, vendorOf} from './model-keys.ts';
import type {LiveProviderName} from './model-name.ts';
import {withPlainPrograms} from './program-calls.ts';
import type {ModelContext, ModelProvider, ModelRequest} from './provider.ts';
import {providerFetch} from './provider-fetch.ts';
import {wellFormed} from './well-formed.ts';

/** A provider's protocol: how a request is sent, and how its answer is read. */
export interface ProviderWire extends AnswerFormat {
  name: LiveProviderName;
  /** Where the provider itself answers. */
  home: {service: string; baseURL: string};
  /** Makes an SDK's client and sends. Of what the SDK would take from the environment by itself, it gets nothing. */
  send(
    access: ModelAccess,
    request: ModelRequest,
    how: {signal: AbortSignal; fetch: typeof fetch},
  ): Promise<Response>;
  reader(request: ModelRequest): AnswerReader;
}

/** Reads one answer, event by event. */
export interface AnswerReader {
  /** Takes an event in. Returns the text in it, if any, and which of the answer's texts it belongs to. */
  read(event: JsonObject): {text: string; part: number} | undefined;
  /**
   * The whole answer.
   *
   * @param complete whether the server said that it has sent everything
   * @throws UnusableAnswer where it was refused, filtered, cut off or not complete
   */
  finish(complete: boolean): ModelStepResult;
}

/** Bytes of JSON. A longer message would not fit a page of the transcript, nor leave room in a Temporal message. */
const longestAnswer = 1_000_000;

/** Models behind a protocol. The SDK is loaded by the first request. */
export function liveProvider(wire: ProviderWire, access: ModelAccess): ModelProvider {
  return {
    async request(request, context) {
      const errors = errorContext(wire, access, request.model);
      try {
        context.signal.throwIfAborted();
        const result = await ask(wire, access, wellFormed(request), context, errors);
        context.signal.throwIfAborted();
        return result;
      } catch (error) {
        if (context.signal.aborted) throw context.signal.reason;
        throw failureOf(error, errors);
      }
    },
  };
}

async function ask(
  wire: ProviderWire,
  access: ModelAccess,
  request: ModelRequest,
  context: ModelContext,
  errors: ErrorContext,
): Promise<ModelStepResult> {
  const controller = new AbortController();
  const abort = () => controller.abort(context.signal.reason);
  context.signal.addEventListener('abort', abort, {once: true});
  try {
    return await exchange(wire, access, request, {...context, controller}, errors);
  } finally {
    context.signal.removeEventListener('abort', abort);
  }
}

async function exchange(
  wire: ProviderWire,
  access: ModelAccess,
  request: ModelRequest,
  context: ModelContext & {controller: AbortController},
  errors: ErrorContext,
): Promise<ModelStepResult> {
  const {controller} = context;
  const first = errors.host;
  const fetch = providerFetch((host) =>
    Object.assign(errors, host === first ? {} : {host, service: host, redirectedFrom: first}),
  );
  const response = await wire.send(access, request, {signal: controller.signal, fetch});
  const reader = wire.reader(request);
  const complete = await readEvents(answerEvents(response, wire, controller, errors), reader, context);
  const result = reader.finish(complete);
  if (Buffer.byteLength(JSON.stringify(result)) > longestAnswer) throw tooLong(errors, '1 MB');
  return withPlainPrograms(result);
}

/** What failures say about a provider. */
function errorContext({name, home}: ProviderWire, access: ModelAccess, model: string): ErrorContext {
  const {host} = new URL(access.baseURL ?? home.baseURL);
  const variables = modelVariables[vendorOf(name)];
  return {
    service: access.baseURL === undefined ? home.service : host,
    host,
    model,
    apiKey: access.apiKey,
    keyVariable: variables.apiKey,
    addressVariable: variables.baseURL,
  };
}

/** True where the server said that it has sent everything. */
async function readEvents(
  events: AsyncIterable<JsonObject | typeof done>,
  reader: AnswerReader,
  context: ModelContext,
): Promise<boolean> {
  let current: number | undefined;
  for await (const event of events) {
    if (event === done) return true;
    const piece = reader.read(event);
    if (!piece?.text) continue;
    if (current !== undefined && piece.part !== current) context.onText(textSeparator);
    current = piece.part;
    context.onText(piece.text);
  }
  return false;
}

function failureOf(error: unknown, errors: ErrorContext): Error {
  const failure =
    error instanceof UnusableAnswer ? error.failure : classifyError(readError(error, Date.now()), errors);
  const message = cleanMessage(failure.message, errors.apiKey) + redirection(errors);
  return toApplicationFailure({...failure, message});
}

/** A person set another address than the one that answered, and the key was not sent there. */
function redirection({redirectedFrom, addressVariable}: ErrorContext): string {
  if (redirectedFrom === undefined) return '';
  return ` ${redirectedFrom} redirects there, and keys stay behind: set ${addressVariable} to where it leads.`;
}

import {certificateProblem} from './certificate-problem.ts';
import type {ErrorFacts} from './error-facts.ts';
import {contextSentence, type ModelFailureType} from './model-failure.ts';

/** What the sentences of failures name. */
export interface ErrorContext {
  /** Who was asked: `OpenAI`, `Anthropic`, or the host of another address. */
  service: string;
  host: string;
  /** The host that was asked first, where it sent the request on to another. */
  redirectedFrom?: string;
  model: string;
  apiKey: string;
  /** Names of the environment variables that hold the key and the address. */
  keyVariable: string;
  addressVariable: string;
}

/** One kind of error: how it is known and what people are told. */
export interface ErrorRule {
  type: ModelFailureType;
  retryable: boolean;
  when(facts: ErrorFacts): boolean;
  say(context: ErrorContext, facts: ErrorFacts): string;
}

/** The first rule that fits decides; the last fits everything. */
export const errorRules: readonly ErrorRule[] = [
  {
    type: 'ModelTimeout',
    retryable: true,
    when: (facts) => facts.kind === 'timeout' || hasStatus(facts, [408, 504], /timeout|deadline_exceeded/i),
    say: ({service}) => `${service} did not answer in time: try again later.`,
  },
  {
    type: 'ModelUnavailable',
    retryable: false,
    when: ({systemCode}) => certificateProblem(systemCode) !== undefined,
    say: ({host, addressVariable}, {systemCode}) =>
      `The certificate of ${host} ${certificateProblem(systemCode)} (${systemCode}); else check ${addressVariable} and proxies on the way.`,
  },
  {
    type: 'ModelUnavailable',
    retryable: true,
    when: ({kind}) => kind === 'connection',
    say: ({host, addressVariable}, {systemCode}) =>
      `The connection to ${host} failed${systemCode ? ` (${systemCode})` : ''}: check the network and ${addressVariable}.`,
  },
  {
    type: 'ModelQuotaExceeded',
    retryable: false,
    when: (facts) =>
      facts.status === 402 ||
      hasCode(facts, /quota|billing|spend_limit/) ||
      /credit balance|exceeded your current quota/i.test(facts.message),
    say: ({service, keyVariable}) =>
      `The account of this key has no credit left at ${service}: add credit, or set another ${keyVariable}.`,
  },
  {
    type: 'ModelOverloaded',
    retryable: true,
    when: (facts) =>
      hasStatus(facts, [503, 529], /overloaded|slow_down|^unavailable$/i) ||
      saysInStream(facts, /overloaded/i),
    say: ({service}) => `${service} is overloaded: try again later, or use another model.`,
  },
  {
    type: 'ModelRateLimited',
    retryable: true,
    when: (facts) =>
      hasStatus(facts, [429], /rate_?limit|too_many_requests|resource_exhausted/i) ||
      saysInStream(facts, /rate.?limit|too many requests/i),
    say: ({service}) => `The rate limit at ${service} is reached: wait, or use another model or key.`,
  },
  {
    type: 'ModelUnavailable',
    retryable: true,
    when: (facts) => (facts.status ?? 0) >= 500 || hasStatus(facts, [409, 425], /^(server_error|api_error)$/),
    say: ({service}, {status}) =>
      `${service} failed${status ? ` with status ${status}` : ''}: try again later.`,
  },
  {
    type: 'ModelBadResponse',
    retryable: false,
    when: ({status = 0}) => status >= 300 && status < 400,
    say: ({host, addressVariable}) => `${host} only redirects, and leads nowhere: check ${addressVariable}.`,
  },
  {
    type: 'ModelBadResponse',
    retryable: false,
    when: ({html}) => html,
    say: ({host, addressVariable}) =>
      `${host} answered with a web page, not with a model's answer: check ${addressVariable} and proxies on the way.`,
  },
  {
    type: 'ModelAuthentication',
    retryable: false,
    when: (facts) => hasStatus(facts, [401], /^authentication_error$/) || hasCode(facts, /^invalid_api_key$/),
    say: ({service, keyVariable}) => `${service} does not accept the key: check ${keyVariable}.`,
  },
  {
    type: 'ModelAuthentication',
    retryable: false,
    when: (facts) => hasStatus(facts, [403], /^permission_error$/),
    say: ({service, model, keyVariable}, facts) =>
      `${service} does not let this key use ${model}: check the rights of ${keyVariable}${quote(facts)}.`,
  },
  {
    type: 'ModelContextTooLong',
    retryable: false,
    when: (facts) =>
      facts.status === 413 ||
      hasCode(facts, /context_length_exceeded|exceed_context_size/) ||
      (facts.status === 400 &&
        /prompt is too long|maximum context length|context window/i.test(facts.message)),
    say: ({model}) => contextSentence(model),
  },
  {
    type: 'ModelNotFound',
    retryable: false,
    when: (facts) => hasStatus(facts, [404], /^not_found_error$/) || hasCode(facts, /^model_not_found$/),
    say: ({service, model, addressVariable}) =>
      `${service} has no model ${model}, or this key may not use it: check --model (and ${addressVariable}, if set).`,
  },
  {
    type: 'ModelUnavailable',
    retryable: true,
    // The request had been taken: unless the error says otherwise, it is not the request that is wrong.
    when: (facts) =>
      facts.streamed &&
      facts.status === undefined &&
      !hasCode(facts, /invalid|bad_?request|unsupported|not_supported|unprocessable/i),
    say: ({service}, facts) => `${service} broke the answer off${quote(facts)}: try again later.`,
  },
  {
    type: 'ModelBadRequest',
    retryable: false,
    when: ({kind}) => kind === 'answer',
    say: ({service, model}, facts) => `${service} refused the request to ${model}${quote(facts)}.`,
  },
  {
    type: 'ModelBadResponse',
    retryable: true,
    when: () => true,
    say: ({host, addressVariable}) =>
      `${host} sent an answer that cannot be read: check that ${addressVariable} and --model go together.`,
  },
];

/** The status decides; inside a stream there is none, and the provider's code has to tell. */
function hasStatus(facts: ErrorFacts, statuses: readonly number[], streamed: RegExp): boolean {
  return facts.status === undefined ? hasCode(facts, streamed) : statuses.includes(facts.status);
}

function hasCode({codes}: ErrorFacts, pattern: RegExp): boolean {
  return codes.some((code) => pattern.test(code));
}

/** Some servers send no code at all, only a sentence. */
function saysInStream({streamed, status, message}: ErrorFacts, pattern: RegExp): boolean {
  return streamed && status === undefined && pattern.test(message);
}

/** The provider's own words, where they add something. */
function quote({message}: ErrorFacts): string {
  const words = message.trim().replace(/\.$/, '');
  return words ? `: ${words.slice(0, 300)}` : '';
}

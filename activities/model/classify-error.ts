import type {ErrorFacts} from './error-facts.ts';
import {contextSentence, type ModelFailure, type ModelFailureType} from './model-failure.ts';

/** What the sentences of failures name. */
export interface ErrorContext {
  /** Who was asked: `OpenAI`, `Anthropic`, or the host of another address. */
  service: string;
  host: string;
  model: string;
  apiKey: string;
  /** Names of the environment variables that hold the key and the address. */
  keyVariable: string;
  addressVariable: string;
}

interface Rule {
  type: ModelFailureType;
  retryable: boolean;
  when(facts: ErrorFacts): boolean;
  say(context: ErrorContext, facts: ErrorFacts): string;
}

/** The first rule that fits decides. The provider's own codes come before the HTTP status, which says less. */
const rules: readonly Rule[] = [
  {
    type: 'ModelTimeout',
    retryable: true,
    when: ({kind, status, codes}) =>
      kind === 'timeout' || status === 408 || status === 504 || codes.includes('timeout_error'),
    say: ({service}) => `${service} did not answer in time: try again later.`,
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
    when: ({status, codes, message}) =>
      status === 402 ||
      codes.some((code) => /quota|billing|spend_limit/.test(code)) ||
      /credit balance|exceeded your current quota/i.test(message),
    say: ({service, keyVariable}) =>
      `The account of this key has no credit left at ${service}: add credit, or set another ${keyVariable}.`,
  },
  {
    type: 'ModelOverloaded',
    retryable: true,
    when: ({status, codes}) =>
      status === 529 || status === 503 || codes.some((code) => /overloaded|slow_down/.test(code)),
    say: ({service}) => `${service} is overloaded: try again later, or use another model.`,
  },
  {
    type: 'ModelRateLimited',
    retryable: true,
    when: ({status, codes}) => status === 429 || codes.some((code) => /rate_limit/.test(code)),
    say: ({service}) => `The rate limit at ${service} is reached: wait, or use another model or key.`,
  },
  {
    type: 'ModelUnavailable',
    retryable: true,
    when: ({status = 0, codes}) =>
      status >= 500 || codes.some((code) => /^(server_error|api_error)$/.test(code)),
    say: ({service}, {status}) =>
      `${service} failed${status ? ` with status ${status}` : ''}: try again later.`,
  },
  {
    type: 'ModelUnavailable',
    retryable: true,
    when: ({status}) => status === 409 || status === 425,
    say: ({service}, {status}) =>
      `${service} could not take the request now (status ${status}): try again later.`,
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
    when: ({status, codes}) =>
      status === 401 || codes.some((code) => /authentication_error|invalid_api_key/.test(code)),
    say: ({service, keyVariable}) => `${service} does not accept the key: check ${keyVariable}.`,
  },
  {
    type: 'ModelAuthentication',
    retryable: false,
    when: ({status, codes}) => status === 403 || codes.includes('permission_error'),
    say: ({service, model, keyVariable}, facts) =>
      `${service} does not let this key use ${model}: check the rights of ${keyVariable}${quote(facts)}.`,
  },
  {
    type: 'ModelContextTooLong',
    retryable: false,
    when: ({status, codes, message}) =>
      status === 413 ||
      codes.some((code) => /context_length_exceeded|exceed_context_size/.test(code)) ||
      /prompt is too long|maximum context length|context window/i.test(message),
    say: ({model}) => contextSentence(model),
  },
  {
    type: 'ModelNotFound',
    retryable: false,
    when: ({status, codes}) => status === 404 || codes.includes('model_not_found'),
    say: ({service, model, addressVariable}) =>
      `${service} has no model ${model}, or this key may not use it: check --model (and ${addressVariable}, if set).`,
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

/** Says what an error means and whether another attempt can help. Pure: the same facts give the same failure. */
export function classifyError(facts: ErrorFacts, context: ErrorContext): ModelFailure {
  const rule = rules.find(({when}) => when(facts));
  if (!rule) throw new Error('The last rule fits every error.');
  const {type, retryable} = rule;
  const delay = retryable && facts.retryAfter !== undefined ? {retryAfter: facts.retryAfter} : {};
  return {type, retryable, message: cleanMessage(rule.say(context, facts), context.apiKey), ...delay};
}

/**
 * Makes a text safe to keep in a history and to print: without the key or anything that looks like one, without
 * control characters, on one line, at most 500 characters.
 */
export function cleanMessage(text: string, apiKey: string): string {
  const oneLine = text
    .replaceAll(apiKey, '[key]')
    .replace(/\bsk-[\w*-]{6,}/g, '[key]')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ');
  return oneLine.length > 500 ? `${oneLine.slice(0, 499)}…` : oneLine;
}

/** The provider's own words, where they add something. */
function quote({message}: ErrorFacts): string {
  const words = message.trim().replace(/\.$/, '');
  return words ? `: ${words.slice(0, 300)}` : '';
}

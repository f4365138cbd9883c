import type {ErrorFacts} from './error-facts.ts';
import {type ErrorContext, errorRules} from './error-rules.ts';
import type {ModelFailure} from './model-failure.ts';

/**
 * Says what an error means and whether another attempt can help. Pure: the same facts give the same failure. Its
 * message may quote the provider: `cleanMessage` makes it safe.
 */
export function classifyError(facts: ErrorFacts, context: ErrorContext): ModelFailure {
  const rule = errorRules.find(({when}) => when(facts));
  if (!rule) throw new Error('The last rule fits every error.');
  const {type, say} = rule;
  const retryable = facts.shouldRetry ?? rule.retryable;
  const delay = retryable && facts.retryAfter !== undefined ? {retryAfter: facts.retryAfter} : {};
  return {type, retryable, message: say(context, facts), ...delay};
}

/**
 * Makes a text safe to keep in a history and to print: without the key or anything that looks like one, without
 * control characters, on one line, at most 500 characters.
 */
export function cleanMessage(text: string, apiKey: string): string {
  const oneLine = withoutKey(text, apiKey)
    .replace(/\bsk-[\w*-]{6,}/g, '[key]')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ');
  return oneLine.length > 500 ? `${oneLine.slice(0, 499)}…` : oneLine;
}

/** A shorter one is no secret but a word that a local server asks for, and would garble sentences. */
const shortestKey = 8;

function withoutKey(text: string, apiKey: string): string {
  return apiKey.length < shortestKey ? text : text.replaceAll(apiKey, '[key]');
}

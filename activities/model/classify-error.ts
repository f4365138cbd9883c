import type {ErrorFacts} from './error-facts.ts';
import {type ErrorContext, errorRules} from './error-rules.ts';
import type {ModelFailure} from './model-failure.ts';

/** Says what an error means and whether another attempt can help. Pure: the same facts give the same failure. */
export function classifyError(facts: ErrorFacts, context: ErrorContext): ModelFailure {
  const rule = errorRules.find(({when}) => when(facts));
  if (!rule) throw new Error('The last rule fits every error.');
  const {type, retryable, say} = rule;
  const delay = retryable && facts.retryAfter !== undefined ? {retryAfter: facts.retryAfter} : {};
  return {type, retryable, message: cleanMessage(say(context, facts), context.apiKey), ...delay};
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

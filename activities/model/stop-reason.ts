import {contextTooLong, filtered, refused, stopped, truncated} from './model-failure.ts';

/**
 * Why answers end, in lower case. The first ones are those of OpenAI's and Anthropic's APIs; the others are what servers
 * that imitate them are known to send.
 */
const complete = [
  ...['stop', 'tool_calls', 'function_call', 'end_turn', 'tool_use', 'stop_sequence', 'completed'],
  ...['complete', 'eos', 'eos_token', 'end', 'tool_call'],
];
const cut = ['length', 'max_tokens', 'max_output_tokens', 'model_length', 'max_length'];
const full = ['model_context_window_exceeded', 'context_length_exceeded'];
const filter = [
  'content_filter',
  'safety',
  'recitation',
  'blocklist',
  'prohibited_content',
  'spii',
  'sensitive',
];

/**
 * Lets an answer pass that ended because it was complete.
 *
 * @throws UnusableAnswer for every other reason, unknown ones included: half an answer must not pass for a whole one
 */
export function checkStopReason(reason: string, model: string, explanation?: string | null): void {
  const known = reason.toLowerCase();
  if (complete.includes(known)) return;
  if (cut.includes(known)) throw truncated(model);
  if (full.includes(known)) throw contextTooLong(model);
  if (filter.includes(known)) throw filtered(model);
  if (known === 'refusal') throw refused(model, explanation);
  throw stopped(model, reason);
}

import {setTimeout as delay} from 'node:timers/promises';
import {ApplicationFailure} from '@temporalio/activity';
import {directCallId} from '../../workflows/protocol/identity.ts';
import type {JsonObject} from '../../workflows/protocol/json.ts';
import type {ModelStepResult} from '../../workflows/protocol/model-step.ts';
import type {ToolMessage, TranscriptMessage} from '../../workflows/protocol/transcript.ts';
import type {ModelProvider, ModelRequest} from './provider.ts';

/** What a scripted model says at each step of a conversation, made from what it was asked. */
export type ModelScript = (task: {agent: string; prompt: string}) => readonly ScriptedStep[];

/** One step: tool calls, or the answer. */
export type ScriptedStep =
  | {calls: readonly {name: string; input: JsonObject}[]}
  /** May be made from the results of all calls since the prompt. */
  | {answer: string | ((results: readonly ToolMessage[]) => string)};

/**
 * The model that works offline: it follows a script, deterministically, and sees just what a live model sees.
 *
 * @param scripts by the model's name behind `scripted:`; the empty name is the plain `scripted` model
 * @param pace milliseconds by which each step is delayed, so that people can watch
 */
export function scriptedProvider(scripts: ReadonlyMap<string, ModelScript>, pace: number): ModelProvider {
  return {
    async request(request, {signal, onText}) {
      const script = scripts.get(request.model);
      if (!script)
        throw ApplicationFailure.nonRetryable(`There is no script "${request.model}".`, 'UnknownModel');
      if (pace > 0) await delay(pace, undefined, {signal});
      const result = nextStep(script, request);
      onText(result.message.content);
      return result;
    },
  };
}

function nextStep(script: ModelScript, {agent, turn, messages}: ModelRequest): ModelStepResult {
  const {prompt, since} = lastPrompt(messages);
  const step = script({agent, prompt})[turn - 1];
  if (!step)
    throw ApplicationFailure.nonRetryable(`The script of "${agent}" has no step ${turn}.`, 'ScriptEnded');
  if ('answer' in step) {
    const results = since.filter((message) => message.role === 'tool');
    const content = typeof step.answer === 'string' ? step.answer : step.answer(results);
    return {message: {role: 'assistant', content, toolCalls: []}};
  }
  const toolCalls = step.calls.map((call, index) => ({id: directCallId(turn, index + 1), ...call}));
  return {message: {role: 'assistant', content: '', toolCalls}};
}

function lastPrompt(messages: readonly TranscriptMessage[]): {
  prompt: string;
  since: readonly TranscriptMessage[];
} {
  const index = messages.findLastIndex((message) => message.role === 'user');
  const prompt = messages[index];
  return {prompt: prompt?.role === 'user' ? prompt.content : '', since: messages.slice(index + 1)};
}

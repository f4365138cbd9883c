import {expect, test} from 'vitest';
import {createLiveProviders} from '../../../activities/model/live-providers.ts';
import {readModelKeys} from '../../../activities/model/model-keys.ts';
import {parseModelName} from '../../../activities/model/model-name.ts';
import type {ModelRequest} from '../../../activities/model/provider.ts';
import type {ModelStepResult} from '../../../workflows/protocol/model-step.ts';
import type {TranscriptMessage} from '../../../workflows/protocol/transcript.ts';
import {failureOf} from './wire/ask.ts';

/** Costs money, so a key alone is not enough: LIVE_MODELS=1 asks for it. */
const models = [
  {variable: 'OPENAI_API_KEY', name: process.env.LIVE_OPENAI_MODEL ?? 'openai:gpt-5.5'},
  {variable: 'OPENAI_API_KEY', name: process.env.LIVE_OPENAI_CHAT_MODEL ?? 'openai-chat:gpt-5.5'},
  {variable: 'ANTHROPIC_API_KEY', name: process.env.LIVE_ANTHROPIC_MODEL ?? 'anthropic:claude-haiku-4-5'},
];

const request: Omit<ModelRequest, 'model'> = {
  agent: 'live',
  turn: 1,
  instructions: 'Answer in one short sentence.',
  tools: [
    {
      name: 'population',
      description: 'The population of a town. Call it once for each town, all at once.',
      input: {type: 'object', properties: {town: {type: 'string'}}, required: ['town']},
    },
  ],
  messages: [{role: 'user', content: 'Which has more people, Ahaus or Borken? Use the tool.'}],
};

for (const {variable, name} of models) {
  const reason = reasonToSkip(variable);
  if (reason) console.info(`${name} is not asked live: ${reason}`);

  test.skipIf(reason)(`${name} calls tools and answers`, async () => {
    const first = await ask(name, request);
    expect(first.result.message.toolCalls.length).toBeGreaterThan(0);
    const results = first.result.message.toolCalls.map(({id, name: tool, input}): TranscriptMessage => {
      const isAhaus = JSON.stringify(input).includes('Ahaus');
      return {role: 'tool', callId: id, name: tool, result: isAhaus ? 40_000 : 44_000};
    });
    const messages = [...request.messages, first.result.message, ...results];
    const second = await ask(name, {...request, turn: 2, messages});
    expect(second.result.message.content).toContain('Borken');
    expect(second.streamed).toBe(second.result.message.content);
    expect(second.result.usage?.output).toBeGreaterThan(0);
  });

  test.skipIf(reason)(`${name}: a model that does not exist is told`, async () => {
    const prefix = parseModelName(name).provider;
    const failure = await failureOf(ask(`${prefix}:no-such-model-here`, request));
    expect(failure).toMatchObject({type: 'ModelNotFound', nonRetryable: true});
  });
}

function reasonToSkip(variable: string): string {
  if (!process.env[variable]) return `${variable} is not set`;
  return process.env.LIVE_MODELS === '1' ? '' : 'LIVE_MODELS is not 1, and it costs money';
}

async function ask(
  name: string,
  what: Omit<ModelRequest, 'model'>,
): Promise<{result: ModelStepResult; streamed: string}> {
  const {provider, model} = parseModelName(name);
  if (provider === 'scripted') throw new Error(`${name} is no live model.`);
  let streamed = '';
  const result = await createLiveProviders(readModelKeys(process.env))[provider].request(
    {...what, model},
    {
      signal: AbortSignal.timeout(50_000),
      onText(text) {
        streamed += text;
      },
    },
  );
  return {result, streamed};
}

import {expect, it} from 'vitest';
import {readModelKeys} from '../../../activities/model/model-keys.ts';
import {modelProviders} from '../../../activities/model/providers.ts';
import type {ModelScript} from '../../../activities/model/scripted.ts';
import {hello} from './wire/ask.ts';

const script: ModelScript = () => [{answer: 'from a script'}];
const providerOf = modelProviders({scripts: new Map([['one', script]]), pace: 0, keys: readModelKeys({})});

const ask = async (name: string) => {
  const {provider, model} = providerOf(name);
  const request = {model, agent: 'a', turn: 1, instructions: '', tools: [], messages: [hello]};
  return provider.request(request, {signal: new AbortController().signal, onText: () => {}});
};

it('a name chooses a provider and its model', async () => {
  expect(providerOf('scripted:one').model).toBe('one');
  expect((await ask('scripted:one')).message.content).toBe('from a script');
});

it('a name that nothing answers to fails for good', () => {
  expect(() => providerOf('nobody:m')).toThrow(
    expect.objectContaining({
      type: 'ModelNotFound',
      nonRetryable: true,
      message: expect.stringMatching('nobody'),
    }),
  );
});

it.each([
  ['openai:m', 'OPENAI_API_KEY'],
  ['openai-chat:m', 'OPENAI_API_KEY'],
  ['anthropic:m', 'ANTHROPIC_API_KEY'],
])('without a key %s fails for good and names the variable', async (name, variable) => {
  const failure = {type: 'ModelAuthentication', nonRetryable: true, message: expect.stringMatching(variable)};
  await expect(ask(name)).rejects.toMatchObject(failure);
});

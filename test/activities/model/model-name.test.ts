import {expect, test} from 'vitest';
import {ModelNameError, parseModelName} from '../../../activities/model/model-name.ts';

test.each([
  ['gpt-5.5', 'openai', 'gpt-5.5'],
  ['openai:gpt-5.5', 'openai', 'gpt-5.5'],
  ['openai:ft:gpt-5.5:team::id', 'openai', 'ft:gpt-5.5:team::id'],
  ['openai-chat:llama3:8b', 'openai-chat', 'llama3:8b'],
  ['openai-chat:org/model', 'openai-chat', 'org/model'],
  ['claude-opus-5', 'anthropic', 'claude-opus-5'],
  ['anthropic:claude-opus-5', 'anthropic', 'claude-opus-5'],
  ['anthropic:other', 'anthropic', 'other'],
  ['scripted', 'scripted', ''],
  ['scripted:direct', 'scripted', 'direct'],
])('%s is asked of %s', (name, provider, model) => {
  expect(parseModelName(name)).toEqual({provider, model});
});

test.each([
  ['mistral:large', /Unknown model prefix "mistral".*openai:<model>.*anthropic:<model>.*scripted/],
  ['OpenAI:gpt-5.5', /Unknown model prefix/],
  ['constructor:x', /Unknown model prefix/],
  ['openai:', /No model after/],
  ['', /visible ASCII/],
  ['gpt 5', /visible ASCII/],
  ['gpt\u001b[31m', /visible ASCII/],
  ['x'.repeat(201), /1 to 200/],
])('%j is refused in one line', (name, message) => {
  expect(() => parseModelName(name)).toThrow(ModelNameError);
  expect(() => parseModelName(name)).toThrow(message);
});

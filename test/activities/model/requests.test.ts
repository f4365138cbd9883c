import {describe, expect, test} from 'vitest';
import {anthropicParams} from '../../../activities/model/anthropic-request.ts';
import {chatParams} from '../../../activities/model/openai-chat-request.ts';
import {responsesParams} from '../../../activities/model/openai-responses-request.ts';
import type {ModelRequest} from '../../../activities/model/provider.ts';

const input = {type: 'object', properties: {path: {type: 'string'}}};
const request: ModelRequest = {
  model: 'm-1',
  agent: 'a',
  turn: 2,
  instructions: 'Be brief.',
  tools: [{name: 'read_file', description: 'Read a file.', input}],
  messages: [
    {role: 'user', content: 'Read a.'},
    {role: 'assistant', content: ' ', toolCalls: [{id: 't1.c1', name: 'read_file', input: {path: 'a'}}]},
    {role: 'tool', callId: 't1.c1', name: 'read_file', failure: {name: 'X', message: 'no'}},
    {role: 'user', content: 'Then b.'},
  ],
};
const bare: ModelRequest = {...request, instructions: '', tools: []};

describe('Anthropic', () => {
  test('a whole request, marked for the cache where it and the one before it end', () => {
    const cache_control = {type: 'ephemeral'};
    expect(anthropicParams(request)).toEqual({
      model: 'm-1',
      max_tokens: 32_000,
      stream: true,
      system: [{type: 'text', text: 'Be brief.', cache_control}],
      tools: [{name: 'read_file', description: 'Read a file.', input_schema: input}],
      messages: [
        {role: 'user', content: [{type: 'text', text: 'Read a.'}]},
        {
          role: 'assistant',
          content: [{type: 'tool_use', id: 't1_c1', name: 'read_file', input: {path: 'a'}}],
        },
        {
          role: 'user',
          content: [
            {
              type: 'tool_result',
              tool_use_id: 't1_c1',
              content: 'Error: X: no',
              is_error: true,
              cache_control,
            },
          ],
        },
        {role: 'user', content: [{type: 'text', text: 'Then b.', cache_control}]},
      ],
    });
  });

  test('nothing empty is sent', () => {
    const messages = [...bare.messages, {role: 'assistant' as const, content: '', toolCalls: []}];
    const params = anthropicParams({...bare, messages});
    expect(params).not.toHaveProperty('system');
    expect(params).not.toHaveProperty('tools');
    expect(params.messages.at(-1)?.role).toBe('user');
  });
});

describe('OpenAI Responses', () => {
  test('a whole request', () => {
    expect(responsesParams(request)).toEqual({
      model: 'm-1',
      instructions: 'Be brief.',
      tools: [
        {type: 'function', name: 'read_file', description: 'Read a file.', parameters: input, strict: false},
      ],
      input: [
        {role: 'user', content: 'Read a.'},
        {role: 'assistant', content: ' '},
        {type: 'function_call', call_id: 't1_c1', name: 'read_file', arguments: '{"path":"a"}'},
        {type: 'function_call_output', call_id: 't1_c1', output: 'Error: X: no'},
        {role: 'user', content: 'Then b.'},
      ],
      include: ['reasoning.encrypted_content'],
      prompt_cache_key: expect.stringMatching(/^[0-9a-f]{32}$/),
      store: false,
      stream: true,
    });
  });

  test.each([
    ['gpt-5.5', true],
    ['o3', true],
    ['gpt-6-sol', true],
    ['gpt-5-codex', true],
    ['gpt-4o', false],
    ['gpt-4.1-mini', false],
    ['gpt-5-chat-latest', false],
    ['chatgpt-4o-latest', false],
    ['ft:gpt-4.1:team', false],
  ])('%s is asked for its reasoning: %s', (model, expected) => {
    expect('include' in responsesParams({...request, model})).toBe(expected);
  });

  test('the cache key is the conversation’s', () => {
    const key = responsesParams(request).prompt_cache_key;
    const [first = {role: 'user' as const, content: ''}] = request.messages;
    expect(responsesParams({...request, messages: [first]}).prompt_cache_key).toBe(key);
    const other = {role: 'user' as const, content: 'Something else.'};
    expect(responsesParams({...request, messages: [other]}).prompt_cache_key).not.toBe(key);
  });
});

describe('OpenAI Chat Completions', () => {
  test('a whole request', () => {
    expect(chatParams(request, true)).toEqual({
      model: 'm-1',
      messages: [
        {role: 'system', content: 'Be brief.'},
        {role: 'user', content: 'Read a.'},
        {
          role: 'assistant',
          content: ' ',
          tool_calls: [
            {id: 't1_c1', type: 'function', function: {name: 'read_file', arguments: '{"path":"a"}'}},
          ],
        },
        {role: 'tool', tool_call_id: 't1_c1', content: 'Error: X: no'},
        {role: 'user', content: 'Then b.'},
      ],
      tools: [
        {type: 'function', function: {name: 'read_file', description: 'Read a file.', parameters: input}},
      ],
      prompt_cache_key: expect.stringMatching(/^[0-9a-f]{32}$/),
      store: false,
      stream: true,
      stream_options: {include_usage: true},
    });
  });

  test('other servers get nothing that they may not know, and nothing empty', () => {
    expect(Object.keys(chatParams(bare, false))).toEqual(['model', 'messages', 'stream', 'stream_options']);
  });
});

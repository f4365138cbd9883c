import {describe, expect, test} from 'vitest';
import {anthropicReader} from '../../../activities/model/anthropic-reader.ts';
import type {AnswerReader} from '../../../activities/model/live-provider.ts';
import {chatReader} from '../../../activities/model/openai-chat-reader.ts';
import {responsesReader} from '../../../activities/model/openai-responses-reader.ts';
import type {ModelRequest} from '../../../activities/model/provider.ts';
import type {JsonObject} from '../../../workflows/protocol/json.ts';

const request: ModelRequest = {model: 'm', agent: 'a', turn: 1, instructions: '', tools: [], messages: []};

/** Reads events that servers are known to send although no type of an SDK has them. */
function readAll(reader: AnswerReader, events: readonly object[]) {
  for (const event of events) reader.read(event as JsonObject);
  return reader.finish(false);
}

describe('chat completions of servers that imitate OpenAI', () => {
  const chunk = (delta: object, finish_reason: string | null = null) => ({
    choices: [{index: 0, delta, finish_reason}],
  });
  const call = (fields: object, name?: string, text = '') => ({
    ...fields,
    function: {...(name && {name}), arguments: text},
  });
  const end = chunk({}, 'stop');

  test.each([
    [
      'every call numbered 0',
      [
        chunk({tool_calls: [call({index: 0, id: 'a'}, 'f', '{"x":')]}),
        chunk({tool_calls: [call({index: 0}, undefined, '1}')]}),
        chunk({tool_calls: [call({index: 0, id: 'b'}, 'g', '{}')]}),
      ],
    ],
    [
      'no numbers at all',
      [
        chunk({tool_calls: [call({id: 'a'}, 'f', '{"x":1}')]}),
        chunk({tool_calls: [call({id: 'b'}, 'g', '{}')]}),
      ],
    ],
    [
      'chunks of two calls mixed',
      [
        chunk({tool_calls: [call({index: 0, id: 'a'}, 'f', '{"x"'), call({index: 1, id: 'b'}, 'g')]}),
        chunk({tool_calls: [call({index: 1}, undefined, '{}'), call({index: 0}, undefined, ':1}')]}),
      ],
    ],
    [
      'the id repeated in each chunk',
      [
        chunk({tool_calls: [call({index: 0, id: 'a'}, 'f', '{"x"')]}),
        chunk({tool_calls: [call({index: 0, id: 'a'}, undefined, ':1}')]}),
        chunk({tool_calls: [call({index: 1, id: 'b'}, 'g')]}),
      ],
    ],
  ])('%s', (_name, chunks) => {
    const {message} = readAll(chatReader(request), [...chunks, end]);
    expect(message.toolCalls).toEqual([
      {id: 't1.c1', name: 'f', input: {x: 1}},
      {id: 't1.c2', name: 'g', input: {}},
    ]);
  });

  test('no usage, null content and chunks without choices', () => {
    const events = [{choices: []}, {}, chunk({content: null}), chunk({content: 'Hi.'}), end];
    expect(readAll(chatReader(request), events)).toEqual({
      message: {role: 'assistant', content: 'Hi.', toolCalls: []},
    });
  });

  test('reasoning is kept only beside calls', () => {
    const thinking = chunk({reasoning_content: 'Hm.'});
    const quiet = readAll(chatReader(request), [thinking, chunk({content: 'Hi.'}), end]);
    expect(quiet.message.providerState).toBeUndefined();
    const calls = chunk({tool_calls: [call({index: 0, id: 'a'}, 'f')]});
    const busy = readAll(chatReader(request), [thinking, calls, end]);
    expect(busy.message.providerState).toMatchObject({
      slots: [{verbatim: {reasoning_content: 'Hm.'}}, {call: true}],
    });
  });
});

describe('responses', () => {
  const text = (value: string) => [{type: 'output_text', text: value}];
  const message = (value: string, phase?: string) => ({
    type: 'message',
    role: 'assistant',
    content: text(value),
    ...(phase && {phase}),
  });
  const completed = (output: object[]) => ({
    type: 'response.completed',
    response: {status: 'completed', output},
  });

  test('a server that tells its items only at the end', () => {
    const result = readAll(responsesReader(request), [completed([message('Hi.')])]);
    expect(result).toEqual({message: {role: 'assistant', content: 'Hi.', toolCalls: []}});
  });

  test('commentary and answer stay apart, and keep their labels', () => {
    const done = (item: object, output_index: number) => ({
      type: 'response.output_item.done',
      item,
      output_index,
    });
    const events = [
      done(message('Done.', 'final_answer'), 1),
      done(message('Wait.', 'commentary'), 0),
      completed([]),
    ];
    const result = readAll(responsesReader(request), events);
    expect(result.message.content).toBe('Wait.\n\nDone.');
    expect(result.message.providerState).toMatchObject({
      slots: [
        {text: 5, phase: 'commentary'},
        {text: 5, phase: 'final_answer'},
      ],
    });
  });

  test('reasoning that cannot be sent back is dropped', () => {
    const events = [completed([{type: 'reasoning', id: 'rs_1', summary: []}, message('Hi.')])];
    expect(readAll(responsesReader(request), events).message.providerState).toBeUndefined();
  });

  test.each([
    ['server_error', {code: 'server_error', message: 'Oh.'}],
    ['nothing', null],
  ])('a failed response that says %s', (_name, error) => {
    const failed = {type: 'response.failed', response: {status: 'failed', error, output: []}};
    const read = () => readAll(responsesReader(request), [failed]);
    expect(read).toThrow(error?.message ?? 'The model failed.');
    expect(read).toThrow(expect.objectContaining({error: expect.objectContaining({code: 'server_error'})}));
  });
});

describe('messages', () => {
  const end = {type: 'message_delta', delta: {stop_reason: 'tool_use'}, usage: null};
  const start = (index: number, content_block: object) => ({
    type: 'content_block_start',
    index,
    content_block,
  });

  test('arguments that come whole, and blocks that are not ours', () => {
    const events = [
      start(0, {type: 'server_tool_use', id: 's', name: 'web_search', input: {}}),
      start(1, {type: 'tool_use', id: 'a', name: 'f', input: {x: 1}}),
      {type: 'content_block_delta', index: 7, delta: {type: 'text_delta', text: 'lost'}},
      {type: 'some_new_event'},
      end,
    ];
    expect(readAll(anthropicReader(request), events).message).toEqual({
      role: 'assistant',
      content: '',
      toolCalls: [{id: 't1.c1', name: 'f', input: {x: 1}}],
    });
  });
});

import {describe, expect, test} from 'vitest';
import type {ToolMessage, TranscriptMessage} from '../../../workflows/protocol/transcript.ts';
import {anthropicWire} from './wire/anthropic.ts';
import {ask, failureOf, hello, requestOf, serve} from './wire/ask.ts';
import {chatWire} from './wire/chat.ts';
import {responsesWire} from './wire/responses.ts';
import type {WireResponse} from './wire/server.ts';
import {json, sse, streamed, type WireAnswer, wireUsage} from './wire/wire.ts';

const eventStream = {'content-type': 'text/event-stream'};

const answer: WireAnswer = {
  reasoning: ['Hm.'],
  text: ['Réading ', 'it.'],
  calls: [{id: 'one', name: 'read_file', arguments: ['{"path":', '"a.txt"}']}],
};

describe.each([responsesWire, chatWire, anthropicWire])('$provider, imitated', (wire) => {
  const forms: [string, () => WireResponse][] = [
    ['as JSON without streaming', () => json(200, wire.whole(answer))],
    ['as JSON that claims to be text', () => json(200, wire.whole(answer), {'content-type': 'text/plain'})],
    [
      'as JSON after blank lines',
      () => ({...json(200, 0), body: `\n\n ${JSON.stringify(wire.whole(answer))}`}),
    ],
    ['as JSON that claims to stream', () => json(200, wire.whole(answer), eventStream)],
    [
      'as events that claim to be text',
      () => ({...streamed(wire, answer), headers: {'content-type': 'text/plain'}}),
    ],
    [
      'as events that claim to be JSON',
      () => ({...streamed(wire, answer), headers: {'content-type': 'application/json'}}),
    ],
    ['as events without a type', () => ({...streamed(wire, answer), headers: {}})],
    ['as events with CRLF', () => edited((body) => body.replaceAll('\n', '\r\n'))],
    ['as events without their names', () => edited((body) => body.replaceAll(/^event: .*\n/gm, ''))],
    ['after comments', () => edited((body) => `: PROCESSING\n\n${body}`)],
    ['without a last blank line', () => edited((body) => body.trimEnd())],
  ];
  const edited = (edit: (body: string) => string): WireResponse => {
    const {headers = {}, body = ''} = streamed(wire, answer);
    return {headers, body: edit(body)};
  };

  test.each(forms)('reads an answer that comes %s', async (_name, respond) => {
    const server = await serve(wire, respond);
    const {result, streamed: shown} = await ask(wire, server.origin, requestOf(wire));
    expect(result.message).toMatchObject({
      content: 'Réading it.',
      toolCalls: [{id: 't1.c1', name: 'read_file', input: {path: 'a.txt'}}],
    });
    expect(result.usage).toEqual(wireUsage);
    expect(shown).toBe('Réading it.');
    const results: ToolMessage = {role: 'tool', callId: 't1.c1', name: 'read_file', result: 'A'};
    await ask(wire, server.origin, {...requestOf(wire, [hello, result.message, results]), turn: 2});
    expect(server.requests[1] && wire.reasoningIn(server.requests[1])).not.toEqual([]);
  });

  test('judges why an answer without streaming ended', async () => {
    const server = await serve(wire, () => json(200, wire.whole({text: ['Half'], stop: 'length'})));
    const failure = await failureOf(ask(wire, server.origin, requestOf(wire)));
    expect(failure).toMatchObject({type: 'ModelOutputTruncated', nonRetryable: true});
  });

  test('sends no lone surrogate, and keeps none', async () => {
    const lone = 'a\ud83d b\udc00\ud800 c 📄';
    const [said] = wire.events({text: ['X']}).filter((event) => event.includes('X'));
    const server = await serve(wire, () => {
      const {headers = {}, body = ''} = streamed(wire, {
        text: ['X'],
        calls: [{id: 'one', name: 'read_file', arguments: [JSON.stringify({path: lone, [lone]: 1})]}],
      });
      return {headers, body: body.replaceAll('X', '\\ud83d\\\\ud83d')};
    });
    expect(said).toBeDefined();
    const first = await ask(wire, server.origin, requestOf(wire));
    expect(first.result.message.content).toBe('\ufffd\\ud83d');
    expect(first.result.message.toolCalls[0]?.input).toEqual({
      path: 'a\ufffd b\ufffd\ufffd c 📄',
      'a\ufffd b\ufffd\ufffd c 📄': 1,
    });
    const earlier: TranscriptMessage[] = [
      {role: 'user', content: lone},
      {
        role: 'assistant',
        content: lone,
        toolCalls: [{id: 't1.c1', name: 'read_file', input: {[lone]: lone}}],
      },
      {role: 'tool', callId: 't1.c1', name: 'read_file', result: {console: [lone], [lone]: lone}},
    ];
    const request = requestOf(wire, earlier);
    const tools = request.tools.map((tool) => ({...tool, description: lone}));
    await ask(wire, server.origin, {...request, tools, instructions: lone, turn: 2});
    const body = JSON.stringify(server.requests[1]?.body);
    // Arguments and results are JSON within the JSON of the body, where a lone one would be another escape.
    expect(body).not.toMatch(/\\ud[89a-f]/i);
    expect(body.match(/a\ufffd b\ufffd\ufffd c 📄/g)).toHaveLength(9);
  });
});

describe('chat completions, imitated', () => {
  const chunk = (delta: object, finish_reason: string | null = null) =>
    sse({choices: [{index: 0, delta, finish_reason}]});
  const call = (fields: object, name?: string, args?: unknown) => ({
    ...fields,
    function: {...(name && {name}), ...(args !== undefined && {arguments: args})},
  });
  const end = chunk({}, 'stop') + sse('[DONE]');

  async function answerOf(body: string) {
    const server = await serve(chatWire, () => ({headers: eventStream, body}));
    return ask(chatWire, server.origin, requestOf(chatWire));
  }

  test('content as a list of parts', async () => {
    const parts = [
      {type: 'thinking', thinking: [{type: 'text', text: 'Hm.'}]},
      {type: 'text', text: 'Hi'},
      {type: 'reference', reference_ids: [1]},
    ];
    const {result, streamed: shown} = await answerOf(
      chunk({content: parts}) + chunk({content: [{type: 'text', text: '.'}]}) + end,
    );
    expect(result.message.content).toBe('Hi.');
    expect(shown).toBe('Hi.');
  });

  test.each([
    ['one index and no ids', [[call({index: 0}, 'f', '{"x":1}')], [call({index: 0}, 'g', '{}')]]],
    ['one index and no ids, in one chunk', [[call({index: 0}, 'f', '{"x":1}'), call({index: 0}, 'g', '')]]],
    ['neither index nor ids', [[call({}, 'f', '{"x":')], [call({}, undefined, '1}')], [call({}, 'g', '{}')]]],
    [
      'one index and one id',
      [[call({index: 0, id: 'a'}, 'f', '{"x":1}')], [call({index: 0, id: 'a'}, 'g', '{}')]],
    ],
    [
      'another id in each chunk',
      [
        [call({index: 0, id: 'a'}, 'f', '{"x"')],
        [call({index: 0, id: 'b'}, undefined, ':1}')],
        [call({index: 1, id: 'c'}, 'g')],
      ],
    ],
    [
      'arguments as an object',
      [[call({index: 0, id: 'a'}, 'f', {x: 1})], [call({index: 1, id: 'b'}, 'g', {})]],
    ],
    [
      'arguments as null',
      [[call({index: 0, id: 'a'}, 'f', '{"x":1}')], [call({index: 1, id: 'b'}, 'g', null)]],
    ],
    [
      'arguments without an index',
      [[call({index: 0, id: 'a'}, 'f')], [call({}, undefined, '{"x":1}')], [call({index: 1, id: 'b'}, 'g')]],
    ],
  ])('parallel calls with %s', async (_name, chunks) => {
    const {result} = await answerOf(chunks.map((tool_calls) => chunk({tool_calls})).join('') + end);
    expect(result.message.toolCalls).toEqual([
      {id: 't1.c1', name: 'f', input: {x: 1}},
      {id: 't1.c2', name: 'g', input: {}},
    ]);
  });

  test('two calls of one tool with one index and no ids, in pieces', async () => {
    const pieces = [
      [call({index: 0}, 'f', '{"x"'), call({index: 0}, undefined, ':1}')],
      [call({index: 0}, 'f', '{"x":')],
      [call({index: 0}, 'f', '2}')],
    ];
    const {result} = await answerOf(pieces.map((tool_calls) => chunk({tool_calls})).join('') + end);
    expect(result.message.toolCalls.map(({input}) => input)).toEqual([{x: 1}, {x: 2}]);
    const twice = [call({index: 0}, 'f', ''), call({index: 0}, 'f', '')];
    const {message} = (await answerOf(chunk({tool_calls: twice}) + end)).result;
    expect(message.toolCalls.map(({input}) => input)).toEqual([{}, {}]);
  });

  test('no reason for the end, but [DONE]', async () => {
    const {result} = await answerOf(chunk({content: 'Hi.'}) + sse('[DONE]'));
    expect(result.message.content).toBe('Hi.');
    const failure = await failureOf(answerOf(chunk({content: 'Hi.'})));
    expect(failure).toMatchObject({type: 'ModelUnavailable', nonRetryable: false});
  });

  test('a connection that stays open after [DONE]', async () => {
    const server = await serve(chatWire, () => {
      return {headers: eventStream, body: chunk({content: 'Hi.'}) + end, ending: 'hang'};
    });
    const {result} = await ask(chatWire, server.origin, requestOf(chatWire));
    expect(result.message.content).toBe('Hi.');
    await server.requests[0]?.abandoned;
  });

  test('what a server wants back beside its calls', async () => {
    const extra_content = {google: {thought_signature: 'c2lnbmF0dXJl'}};
    const body = [
      chunk({reasoning: 'H', reasoning_details: [{type: 'reasoning.text', text: 'H', index: 0}]}),
      chunk({reasoning: 'm.', reasoning_details: [{type: 'reasoning.encrypted', data: 'x', index: 1}]}),
      chunk({tool_calls: [{...call({index: 0, id: 'a'}, 'f', '{}'), extra_content}]}),
      chunk({tool_calls: [call({index: 1, id: 'b'}, 'g', '{}')]}),
      end,
    ].join('');
    const server = await serve(chatWire, () => ({headers: eventStream, body}));
    const {result} = await ask(chatWire, server.origin, requestOf(chatWire));
    const results = ['t1.c1', 't1.c2'].map(
      (callId): ToolMessage => ({role: 'tool', callId, name: 'f', result: 1}),
    );
    const later = requestOf(chatWire, [hello, result.message, ...results]);
    await ask(chatWire, server.origin, {...later, turn: 2});
    await ask(chatWire, server.origin, {...later, model: 'another-model', turn: 2});
    const [, same, other] = server.requests.map((request) => (request.body.messages as object[])[2]);
    expect(same).toMatchObject({
      reasoning: 'Hm.',
      reasoning_details: [{text: 'H'}, {data: 'x'}],
      tool_calls: [{id: 't1_c1', function: {name: 'f'}, extra_content}, {id: 't1_c2'}],
    });
    expect(same).not.toHaveProperty(['tool_calls', 1, 'extra_content']);
    expect(JSON.stringify(other)).not.toMatch(/extra_content|reasoning/);
  });

  test('a signature nested 5,000 deep is left behind', async () => {
    const deep = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`;
    const {result} = await answerOf(
      chunk({
        reasoning_details: ['DEEP'],
        tool_calls: [{...call({index: 0}, 'f', '{}'), extra_content: {google: 'DEEP'}}],
      }).replaceAll('"DEEP"', deep) + end,
    );
    expect(result.message.toolCalls).toHaveLength(1);
    expect(result.message.providerState).toBeUndefined();
  });

  test('an object of arguments nested 5,000 deep is told so', async () => {
    const deep = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`;
    const calls = chunk({tool_calls: [call({index: 0}, 'f', 'DEEP')]}).replace('"DEEP"', deep);
    const {result} = await answerOf(calls + end);
    expect(result.message.toolCalls[0]?.problem).toMatch(/nested too deep/);
  });

  test('an error in the middle of a stream that stays open', async () => {
    const body = chunk({content: 'Hi'}) + sse({error: {code: 503, message: 'Busy.'}});
    const server = await serve(chatWire, () => ({headers: eventStream, body, ending: 'hang'}));
    const failure = await failureOf(ask(chatWire, server.origin, requestOf(chatWire)));
    expect(failure).toMatchObject({type: 'ModelOverloaded', nonRetryable: false});
    await server.requests[0]?.abandoned;
  });

  test('nonsense in every field is no crash', async () => {
    const body = [
      sse({choices: {}, usage: 'none'}),
      sse({choices: [null]}),
      chunk({
        content: 7,
        refusal: {},
        tool_calls: [null, 1, {index: 'x', function: {name: 5, arguments: 6}}],
      }),
      chunk({content: 'Hi.', tool_calls: 'none', reasoning_details: {}}),
      end,
    ].join('');
    expect((await answerOf(body)).result.message.content).toBe('Hi.');
  });
});

describe('responses, imitated', () => {
  const event = (type: string, fields: object) => sse({type, ...fields}, type);

  test('texts as plain content, arguments as an object, no end but [DONE]', async () => {
    const items = [
      {type: 'message', content: 'Hi.'},
      {type: 'function_call', name: 'f', arguments: {x: 1}},
      {type: 'function_call', name: 'g', arguments: null},
    ];
    const events = items.map((item, output_index) =>
      event('response.output_item.done', {item, output_index}),
    );
    const server = await serve(responsesWire, () => ({
      headers: eventStream,
      body: events.join('') + sse('[DONE]'),
    }));
    const {result} = await ask(responsesWire, server.origin, requestOf(responsesWire));
    expect(result.message).toEqual({
      role: 'assistant',
      content: 'Hi.',
      toolCalls: [
        {id: 't1.c1', name: 'f', input: {x: 1}},
        {id: 't1.c2', name: 'g', input: {}},
      ],
    });
  });

  test.each(['cancelled', 'queued'])('a response that is %s is none', async (status) => {
    const whole = {...responsesWire.whole({text: ['Half']}), status};
    const server = await serve(responsesWire, () => json(200, whole));
    const failure = await failureOf(ask(responsesWire, server.origin, requestOf(responsesWire)));
    expect(failure).toMatchObject({type: 'ModelUnavailable', nonRetryable: false});
  });
});

describe('messages, imitated', () => {
  test('content as a text, a call whose input is JSON text, and no reason for the end', async () => {
    const content = [
      {type: 'text', text: [{type: 'text', text: 'Hi.'}]},
      {type: 'tool_use', id: 'a', name: 'f', input: '{"x":1}'},
      {type: 'tool_use', id: 'b', name: 'g', input: null},
    ];
    const server = await serve(anthropicWire, ({body}) => {
      const isFirst = (body.messages as unknown[]).length === 1;
      return json(200, {type: 'message', role: 'assistant', content: isFirst ? content : 'Done.'});
    });
    const first = await ask(anthropicWire, server.origin, requestOf(anthropicWire));
    expect(first.result.message).toEqual({
      role: 'assistant',
      content: 'Hi.',
      toolCalls: [
        {id: 't1.c1', name: 'f', input: {x: 1}},
        {id: 't1.c2', name: 'g', input: {}},
      ],
    });
    const later = requestOf(anthropicWire, [hello, first.result.message]);
    expect((await ask(anthropicWire, server.origin, {...later, turn: 2})).result.message.content).toBe(
      'Done.',
    );
  });
});

import {describe, expect, test} from 'vitest';
import type {ToolMessage, TranscriptMessage} from '../../../workflows/protocol/transcript.ts';
import {anthropicWire} from './wire/anthropic.ts';
import {ask, hello, requestOf, serve} from './wire/ask.ts';
import {chatWire} from './wire/chat.ts';
import {responsesWire} from './wire/responses.ts';
import {streamed, type WireAnswer, wireUsage} from './wire/wire.ts';

const twoCalls: WireAnswer = {
  reasoning: ['First ', 'think.'],
  text: ['Réading ', 'both 📄', '.'],
  calls: [
    {id: 'one.1', name: 'read_file', arguments: ['{"pa', 'th":', ' "ä.txt"}']},
    {id: 'two.2', name: 'read_file', arguments: ['{"path":"b.txt"', '}']},
  ],
};

const results: ToolMessage[] = [
  {role: 'tool', callId: 't1.c1', name: 'read_file', result: {text: 'content of a'}},
  {
    role: 'tool',
    callId: 't1.c2',
    name: 'read_file',
    failure: {name: 'ToolExecutionError', message: 'no such file', details: {path: 'b.txt'}},
  },
];

describe.each([responsesWire, chatWire, anthropicWire])('$provider', (wire) => {
  test('answers with several calls at once, their arguments split over chunks', async () => {
    const server = await serve(wire, () => streamed(wire, twoCalls));
    const {result, streamed: text} = await ask(wire, server.origin, requestOf(wire));
    expect(result.message).toMatchObject({
      role: 'assistant',
      content: 'Réading both 📄.',
      toolCalls: [
        {id: 't1.c1', name: 'read_file', input: {path: 'ä.txt'}},
        {id: 't1.c2', name: 'read_file', input: {path: 'b.txt'}},
      ],
    });
    expect(text).toBe('Réading both 📄.');
    expect(result.usage).toEqual(wireUsage);
  });

  test('sends calls, results, error flags and reasoning back', async () => {
    const server = await serve(wire, ({body}) =>
      streamed(wire, JSON.stringify(body).includes('content of a') ? {text: ['Done.']} : twoCalls),
    );
    const first = await ask(wire, server.origin, requestOf(wire));
    const messages: TranscriptMessage[] = [hello, first.result.message, ...results];
    const second = await ask(wire, server.origin, {...requestOf(wire, messages), turn: 2});
    expect(second.result.message).toEqual({role: 'assistant', content: 'Done.', toolCalls: []});
    const request = server.requests[1];
    expect(request && wire.resultsIn(request)).toEqual([
      {id: 't1_c1', text: '{"text":"content of a"}', failed: false},
      {id: 't1_c2', text: 'Error: ToolExecutionError: no such file\n{"path":"b.txt"}', failed: true},
    ]);
    expect(request && wire.reasoningIn(request)).toEqual(reasoningOnTheWire[wire.provider]);
  });

  test('does not send the reasoning of one model to another', async () => {
    const server = await serve(wire, () => streamed(wire, twoCalls));
    const {result} = await ask(wire, server.origin, requestOf(wire));
    const request = requestOf(wire, [hello, result.message, ...results]);
    await ask(wire, server.origin, {...request, model: 'another-model', turn: 2});
    expect(server.requests[1] && wire.reasoningIn(server.requests[1])).toEqual([]);
  });

  test.each([
    ['JSON that does not parse', ['{"path": "a', ' unquoted'], '{"path": "a unquoted', /not valid JSON/],
    ['JSON that is no object', ['["a.txt"]'], '["a.txt"]', /valid JSON but no object/],
    ['no arguments at all', [], {}, undefined],
    ['null', ['nu', 'll'], {}, undefined],
    ['JSON inside JSON', ['"{\\"path\\":', ' \\"a\\"}"'], {path: 'a'}, undefined],
    ['a text inside JSON', ['"a.', 'txt"'], '"a.txt"', /valid JSON but no object/],
    [
      'arguments of more than 900 kB',
      [`{"path":"${'x'.repeat(900_000)}`, '"}'],
      /^\{"path":"x+… \(900011 characters\)$/,
      /have 900011 bytes; at most 900000 are possible/,
    ],
    [
      'arguments nested 5,000 deep',
      [`{"path":${'['.repeat(5000)}`, `${']'.repeat(5000)}}`],
      /^\{"path":\[+… \(10009 characters\)$/,
      /nested too deep/,
    ],
  ])('takes %s as it is, and can send it back', async (_name, pieces, input, problem) => {
    const server = await serve(wire, () =>
      streamed(wire, {calls: [{id: 'x', name: 'read_file', arguments: pieces}]}),
    );
    const {result} = await ask(wire, server.origin, requestOf(wire));
    const [call] = result.message.toolCalls;
    expect(call).toMatchObject({id: 't1.c1', name: 'read_file'});
    expect(call?.input).toEqual(input instanceof RegExp ? expect.stringMatching(input) : input);
    expect(call?.problem).toEqual(problem && expect.stringMatching(problem));
    const feedback: ToolMessage = {...results[1], callId: 't1.c1'} as ToolMessage;
    await ask(wire, server.origin, {...requestOf(wire, [hello, result.message, feedback]), turn: 2});
  });

  test('lets an unknown tool pass, and can send its name back', async () => {
    const calls = [{id: 'x', name: 'no such.tool', arguments: ['{}']}];
    const server = await serve(wire, () => streamed(wire, {calls}));
    const {result} = await ask(wire, server.origin, requestOf(wire));
    expect(result.message.toolCalls[0]?.name).toBe('no such.tool');
    await ask(wire, server.origin, {...requestOf(wire, [hello, result.message]), turn: 2});
  });

  test('tells calls with the same id apart', async () => {
    const call = {id: 'same', name: 'read_file', arguments: ['{"path":"a"}']};
    const server = await serve(wire, () => streamed(wire, {calls: [call, call]}));
    const {result} = await ask(wire, server.origin, requestOf(wire));
    expect(result.message.toolCalls.map(({id}) => id)).toEqual(['t1.c1', 't1.c2']);
    await ask(wire, server.origin, {...requestOf(wire, [hello, result.message, ...results]), turn: 2});
  });

  test('makes call ids unique over the runs of one conversation', async () => {
    const server = await serve(wire, () => streamed(wire, twoCalls));
    const {result} = await ask(wire, server.origin, requestOf(wire));
    const run = [hello, result.message, ...results];
    await ask(wire, server.origin, requestOf(wire, [...run, ...run]));
    const ids = server.requests[1] && wire.resultsIn(server.requests[1]).map(({id}) => id);
    expect(ids).toEqual(['t1_c1', 't1_c2', 't1_c1-2', 't1_c2-2']);
  });

  test('strips type annotations from a program before it enters the history', async () => {
    const code = 'const text: string = await read_file({path: "a"});\nreturn text as string;';
    const calls = [{id: 'x', name: 'run_ptc', arguments: [JSON.stringify({code})]}];
    const server = await serve(wire, () => streamed(wire, {calls}));
    const {result} = await ask(wire, server.origin, requestOf(wire));
    expect(result.message.toolCalls[0]?.input).toEqual({
      code: 'const text         = await read_file({path: "a"});\nreturn text          ;',
    });
  });

  test('keeps what it sends first the same from step to step', async () => {
    const server = await serve(wire, () => streamed(wire, {text: ['Hi.']}));
    const first = await ask(wire, server.origin, requestOf(wire));
    const later = [hello, first.result.message, {role: 'user' as const, content: 'and now?'}];
    await ask(wire, server.origin, {...requestOf(wire, later), turn: 2});
    const [one, two] = server.requests.map(({body}) => withoutCacheMarks(JSON.stringify(body)));
    const sharedUpTo = one?.indexOf('hello') ?? 0;
    expect(two?.slice(0, sharedUpTo)).toBe(one?.slice(0, sharedUpTo));
    expect(server.requests[0]?.body.prompt_cache_key).toBe(server.requests[1]?.body.prompt_cache_key);
  });
});

const reasoningOnTheWire = {
  openai: [
    {
      type: 'reasoning',
      id: 'rs_1',
      summary: [{type: 'summary_text', text: 'First think.'}],
      encrypted_content: 'Z2FybGlj',
    },
  ],
  'openai-chat': ['First think.'],
  anthropic: [
    {type: 'thinking', thinking: 'First think.', signature: 'c2lnbmF0dXJl'},
    {type: 'redacted_thinking', data: 'b3BhcXVl'},
  ],
};

function withoutCacheMarks(body: string): string {
  return body.replaceAll(',"cache_control":{"type":"ephemeral"}', '');
}

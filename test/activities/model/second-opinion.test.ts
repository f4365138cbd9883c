import {LLMock} from '@copilotkit/aimock';
import {describe, expect, onTestFinished, test} from 'vitest';
import type {TranscriptMessage} from '../../../workflows/protocol/transcript.ts';
import {anthropicWire} from './wire/anthropic.ts';
import {ask, failureOf, hello, requestOf} from './wire/ask.ts';
import {chatWire} from './wire/chat.ts';
import {responsesWire} from './wire/responses.ts';

/** A mock that others wrote and check daily against the real APIs: our own reading of them is not the only judge. */
async function startMock(): Promise<LLMock> {
  const mock = new LLMock({port: 0, host: '127.0.0.1', chunkSize: 5, strict: true});
  await mock.start();
  onTestFinished(() => mock.stop());
  return mock;
}

const thinkThenCall = {
  reasoning: 'Two files are needed.',
  content: 'Reading both files.',
  toolCalls: [
    {name: 'read_file', arguments: '{"path":"a.txt"}'},
    {name: 'read_file', arguments: '{"path":"b.txt"}'},
  ],
};

describe.each([responsesWire, chatWire, anthropicWire])('$provider, as another mock has it', (wire) => {
  test('takes several calls and sends their results back', async () => {
    const mock = await startMock();
    mock.on({userMessage: 'hello', hasToolResult: false}, thinkThenCall);
    mock.on({userMessage: 'hello', hasToolResult: true}, {content: 'Both are read.'});
    const first = await ask(wire, mock.url, requestOf(wire));
    expect(first.streamed).toBe('Reading both files.');
    expect(first.result.message).toMatchObject({
      content: 'Reading both files.',
      toolCalls: [
        {id: 't1.c1', name: 'read_file', input: {path: 'a.txt'}},
        {id: 't1.c2', name: 'read_file', input: {path: 'b.txt'}},
      ],
    });
    const messages: TranscriptMessage[] = [
      hello,
      first.result.message,
      {role: 'tool', callId: 't1.c1', name: 'read_file', result: 'A'},
      {
        role: 'tool',
        callId: 't1.c2',
        name: 'read_file',
        failure: {name: 'ToolExecutionError', message: 'no'},
      },
    ];
    const second = await ask(wire, mock.url, {...requestOf(wire, messages), turn: 2});
    expect(second.result.message.content).toBe('Both are read.');
    expect(mock.getRequests().map(({response}) => response.status)).toEqual([200, 200]);
  });

  test('counts tokens', async () => {
    const mock = await startMock();
    const usage = {prompt_tokens: 11, completion_tokens: 7, input_tokens: 11, output_tokens: 7};
    mock.onMessage('hello', {content: 'Hi.', usage});
    const {result} = await ask(wire, mock.url, requestOf(wire));
    expect(result.usage).toEqual({input: 11, cached: 0, output: 7});
  });

  test('tells an answer that was cut', async () => {
    const mock = await startMock();
    mock.onMessage('hello', {content: 'Half an', finishReason: 'length'});
    const failure = await failureOf(ask(wire, mock.url, requestOf(wire)));
    expect(failure).toMatchObject({type: 'ModelOutputTruncated', nonRetryable: true});
  });

  test('tells a stream that broke', async () => {
    const mock = await startMock();
    mock.onMessage('hello', {content: 'A long answer that breaks off.'}, {truncateAfterChunks: 3});
    const failure = await failureOf(ask(wire, mock.url, requestOf(wire)));
    expect(failure).toMatchObject({type: 'ModelUnavailable', nonRetryable: false});
  });

  test.each([
    [401, 'ModelAuthentication', true],
    [429, 'ModelRateLimited', false],
    [500, 'ModelUnavailable', false],
    [503, 'ModelOverloaded', false],
  ])('tells status %i', async (status, type, nonRetryable) => {
    const mock = await startMock();
    mock.onMessage('hello', {error: {message: 'No.'}, status, retryAfter: 3});
    const failure = await failureOf(ask(wire, mock.url, requestOf(wire)));
    expect(failure).toMatchObject({type, nonRetryable});
    expect(failure.nextRetryDelay).toBe(status === 429 ? 3000 : undefined);
  });
});

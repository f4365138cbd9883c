import type {WorkflowFailedError} from '@temporalio/client';
import {expect, onTestFinished, test} from 'vitest';
import {defaultCapabilities} from '../../activities/capabilities/index.ts';
import {defaultAgent} from '../../source/agent/default-agent.ts';
import {secretKey, serve} from '../activities/model/wire/ask.ts';
import {chatWire} from '../activities/model/wire/chat.ts';
import type {WireRequest} from '../activities/model/wire/server.ts';
import {streamed, type WireAnswer} from '../activities/model/wire/wire.ts';
import {startAgents} from './environment.ts';

const model = 'openai-chat:local-test-1';

/** Runs an agent whose model answers over HTTP. Gives its end, and what the model was asked. */
async function runLive(answer: (request: WireRequest, index: number) => WireAnswer) {
  const requests: WireRequest[] = [];
  const server = await serve(chatWire, (request) => {
    requests.push(request);
    return streamed(chatWire, answer(request, requests.length - 1));
  });
  const keys = chatWire.keys(server.origin, secretKey);
  const agents = await startAgents(defaultCapabilities, () => [], {keys});
  onTestFinished(() => agents.close());
  const handle = await agents.start({...defaultAgent, model}, {prompt: 'hello'});
  const result = await handle.result().catch((error: WorkflowFailedError) => error.cause?.message ?? '');
  return {result, requests};
}

test('an empty answer is asked once more, and both are counted', async () => {
  const {result, requests} = await runLive((_, index) => ({text: [index === 0 ? ' \n' : 'Hi.']}));
  expect(result).toEqual({answer: 'Hi.', usage: {input: 200, cached: 120, output: 50}});
  expect(requests[1]?.body).toEqual(requests[0]?.body);
});

test.each([
  ['nothing', {}],
  ['blanks', {text: [' \n']}],
  ['thoughts alone', {reasoning: ['Hm.']}],
])('an answer of %s, twice, ends the run and says so', async (_name, answer) => {
  const {result, requests} = await runLive(() => answer);
  expect(result).toBe(
    `The model step of turn 1 failed: ${model} gave an empty answer, and again when it was asked once more: rephrase the task or use another model.`,
  );
  expect(requests).toHaveLength(2);
});

test('a subagent’s empty answer is a spawn failure', async () => {
  const task = {agent_name: 'generic', task: 'Say nothing.'};
  const {result, requests} = await runLive(({body}) => {
    const asked = JSON.stringify(body.messages);
    if (asked.includes('SpawnError')) return {text: ['It said nothing.']};
    if (asked.includes('hello'))
      return {calls: [{id: 'a', name: 'spawn', arguments: [JSON.stringify(task)]}]};
    return {text: ['']};
  });
  expect(result).toMatchObject({answer: 'It said nothing.'});
  expect(requests).toHaveLength(4);
  const feedback = requests[3] && chatWire.resultsIn(requests[3])[0]?.text;
  expect(feedback).toMatch(/^Error: SpawnError: The subagent failed: .* gave an empty answer/);
});

test.each([
  [
    'no JSON',
    '{"path": unquoted',
    /ToolValidationError: The arguments are not valid JSON\. Send one JSON object\./,
  ],
  ['a list', '["a.txt"]', /The arguments are valid JSON but no object/],
  [
    'nested 5,000 deep',
    `{"path":${'['.repeat(5000)}${']'.repeat(5000)}}`,
    /The arguments are nested too deep/,
  ],
  [
    '950 kB',
    `{"path":"${'x'.repeat(950_000)}"}`,
    /The arguments have 950011 bytes; at most 900000 are possible/,
  ],
])('arguments that are %s are reported as what they are', async (_name, text, says) => {
  const {result, requests} = await runLive((_, index) =>
    index === 0 ? {calls: [{id: 'a', name: 'read_file', arguments: [text]}]} : {text: ['I see.']},
  );
  expect(result).toMatchObject({answer: 'I see.'});
  expect(requests[1] && chatWire.resultsIn(requests[1])[0]?.text).toMatch(says);
});

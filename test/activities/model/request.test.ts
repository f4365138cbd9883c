import {ApplicationFailure} from '@temporalio/activity';
import {Client, Connection} from '@temporalio/client';
import {MockActivityEnvironment} from '@temporalio/testing';
import {DefaultLogger} from '@temporalio/worker';
import {afterAll, beforeAll, beforeEach, describe, expect, it} from 'vitest';
import {createHeldManifests} from '../../../activities/held-manifests.ts';
import type {ModelContext, ModelRequest} from '../../../activities/model/provider.ts';
import {createModelRequest} from '../../../activities/model/request.ts';
import {createTranscriptCache} from '../../../activities/model/transcript-cache.ts';
import {defaultAgent} from '../../../source/agent/default-agent.ts';
import {createManifest} from '../../../source/agent/manifest.ts';
import {type EmbeddedServer, startEmbeddedServer} from '../../../source/server/index.ts';
import {manifestDigest} from '../../../workflows/protocol/held-manifest.ts';
import type {ModelStepInput, ModelStepResult} from '../../../workflows/protocol/model-step.ts';
import type {TranscriptMessage, TranscriptPage} from '../../../workflows/protocol/transcript.ts';
import {
  extendDigest,
  heldInstructionsDigest,
  instructionsDigest,
} from '../../../workflows/protocol/transcript-digest.ts';
import {answerTasks} from '../../session/answer-tasks.ts';

// The activity as a worker would run it: what it asks its run goes to a server, and a worker by hand answers.
const taskQueue = 'model-steps';
const manifest = createManifest(defaultAgent);
const tools = [{name: 'read_file', description: 'Read a file.', input: {type: 'object'}}];
const definitions = {instructions: 'Be brief.', tools};
const user = (content: string): TranscriptMessage => ({role: 'user', content});
const assistant = (content: string) => ({role: 'assistant' as const, content, toolCalls: []});
const result = (callId: string, text: string) => ({
  role: 'tool' as const,
  callId,
  name: 'read_file',
  result: text,
});

/** What the run has to tell; it tells at most two messages at once. */
let transcript: Pick<TranscriptPage, 'instructions' | 'tools' | 'messages' | 'held'>;
/** What the run was asked for, in order. */
let queries: unknown[];
let requests: ModelRequest[];
let answers: ModelStepResult[];
let server: EmbeddedServer;
let client: Client;
let workflowExecution: {workflowId: string; runId: string};

beforeAll(async () => {
  server = await startEmbeddedServer();
  client = new Client({connection: await Connection.connect({address: server.address})});
  void answerTasks(client, taskQueue, (queryType, [from]) => {
    queries.push(queryType === 'transcript' ? from : queryType);
    if (queryType !== 'transcript') return manifest;
    const messages = transcript.messages.slice(Number(from), Number(from) + 2);
    return {...transcript, from, messages, total: transcript.messages.length};
  });
  const run = await client.workflow.start('durableAgent', {taskQueue, workflowId: 'run', args: []});
  workflowExecution = {workflowId: run.workflowId, runId: run.firstExecutionRunId};
});

afterAll(async () => {
  await client.connection.close();
  await server.close();
});

let step: (input: Partial<ModelStepInput>, environment?: MockActivityEnvironment) => Promise<ModelStepResult>;
let whileAnswering: (context: ModelContext) => Promise<unknown>;

beforeEach(() => {
  queries = [];
  requests = [];
  answers = [];
  transcript = {...definitions, messages: [user('one'), assistant('two'), user('three')]};
  whileAnswering = async () => undefined;
  const activity = createModelRequest({
    providerOf: (model) => ({model: model.split(':')[1] ?? '', provider: {request}}),
    transcripts: createTranscriptCache(10),
    manifestOf: createHeldManifests(2),
    describeTools: (described) => described.map((tool) => ({...tool, description: `${tool.description}!`})),
    sandbox: '/the/sandbox',
    heartbeatInterval: 1,
  });
  step = (input, environment = activityEnvironment()) =>
    environment.run(activity, {
      model: 'mine:m-1',
      turn: 2,
      agent: 'writer',
      prefix: {digest: '', count: 0},
      messages: [user('now')],
      ...input,
    });
});

async function request(asked: ModelRequest, context: ModelContext): Promise<ModelStepResult> {
  requests.push(asked);
  await whileAnswering(context);
  return answers.shift() ?? {message: assistant('done')};
}

function activityEnvironment(info: Partial<MockActivityEnvironment['context']['info']> = {}) {
  return new MockActivityEnvironment(
    {workflowExecution, ...info},
    {client, logger: new DefaultLogger('ERROR')},
  );
}

const start = instructionsDigest(definitions.instructions, definitions.tools);
/** A prefix of the run's first messages. */
const prefixOf = (count: number) => ({
  digest: extendDigest(start, transcript.messages.slice(0, count)),
  count,
});

describe('a model step', () => {
  it('asks its run for what is not known here, page by page, and the provider for the whole', async () => {
    transcript.messages.push(user('later'));
    expect(await step({prefix: prefixOf(3)})).toEqual({message: assistant('done')});
    expect(queries).toEqual([0, 2]);
    expect(requests).toEqual([
      {
        model: 'm-1',
        agent: 'writer',
        turn: 2,
        instructions: 'Be brief.',
        tools: [{...tools[0], description: 'Read a file.!'}],
        messages: [user('one'), assistant('two'), user('three'), user('now')],
      },
    ]);
  });

  it('remembers the prefix and what came of it', async () => {
    const prefix = prefixOf(2);
    const usage = {input: 1, cached: 0, output: 2};
    answers = [{message: assistant('first'), usage}];
    expect((await step({prefix})).usage).toEqual(usage);
    await step({prefix, messages: [user('another')]});
    const digest = extendDigest(prefix.digest, [user('now'), assistant('first')]);
    await step({prefix: {digest, count: 4}, messages: [user('next')]});
    expect(queries).toEqual([0]);
    expect(requests.map(({messages}) => messages.slice(2))).toEqual([
      [user('now')],
      [user('another')],
      [user('now'), assistant('first'), user('next')],
    ]);
    expect(requests.at(-1)).toMatchObject({instructions: 'Be brief.', tools: [{name: 'read_file'}]});
  });

  it('numbers calls by turn and position, and remembers them so', async () => {
    const call = {id: 'same', name: 'read_file', input: {}};
    answers = [{message: {...assistant(''), toolCalls: [call, call]}}];
    const {message} = await step({prefix: prefixOf(1), turn: 7});
    expect(message.toolCalls).toEqual([
      {...call, id: 't7.c1'},
      {...call, id: 't7.c2'},
    ]);
    const digest = extendDigest(prefixOf(1).digest, [user('now'), message]);
    await step({prefix: {digest, count: 3}});
    expect(queries).toEqual([0]);
  });

  it('asks once more for an empty answer', async () => {
    answers = [{message: assistant(' \n')}, {message: assistant('now')}];
    expect((await step({prefix: prefixOf(1)})).message.content).toBe('now');
    answers = [{message: assistant('')}, {message: assistant('')}];
    const empty = step({prefix: prefixOf(1)});
    await expect(empty).rejects.toMatchObject({type: 'ModelEmptyAnswer', nonRetryable: true});
    expect(requests).toHaveLength(4);
  });

  it('counts the tokens of both where it asked twice', async () => {
    const usage = {input: 10, cached: 1, output: 2};
    answers = [
      {message: assistant(''), usage},
      {message: assistant('now'), usage},
    ];
    expect((await step({prefix: prefixOf(1)})).usage).toEqual({input: 20, cached: 2, output: 4});
    answers = [{message: assistant('')}, {message: assistant('now')}];
    expect(await step({prefix: prefixOf(1)})).not.toHaveProperty('usage');
    const call = {id: 'c', name: 'read_file', input: {}};
    answers = [{message: {...assistant(''), toolCalls: [call]}}];
    expect((await step({prefix: prefixOf(1)})).message.toolCalls).toHaveLength(1);
  });

  it.each([
    ['has another conversation', {digest: 'other', count: 3}],
    ['has less', {digest: 'other', count: 9}],
  ])('is tried again where its run %s', async (_what, prefix) => {
    await expect(step({prefix})).rejects.toMatchObject({type: 'TranscriptMismatch', nonRetryable: false});
    expect(requests).toEqual([]);
  });

  it('runs for a workflow only', async () => {
    const environment = activityEnvironment({workflowExecution: {workflowId: '', runId: ''}});
    await expect(step({prefix: prefixOf(1)}, environment)).rejects.toMatchObject({
      message: 'A model step can only run for a workflow.',
      nonRetryable: true,
    });
  });
});

describe('definitions that another run holds', () => {
  const heldBy = (agent: string) => {
    const digest = manifestDigest(manifest);
    const held = {version: 2 as const, digest, holder: workflowExecution, model: 'scripted'};
    transcript = {instructions: '', tools: [], held: {manifest: held, agent}, messages: [user('one')]};
    return {digest: extendDigest(heldInstructionsDigest(digest, agent), [user('one')]), count: 1};
  };

  it('are asked for there', async () => {
    const [agent = ''] = Object.keys(manifest.agents);
    await step({prefix: heldBy(agent)});
    expect(queries).toEqual([0, 'manifest']);
    const {instructions, tools: told, messages} = requests[0] as ModelRequest;
    expect(instructions).toBe(manifest.agents[agent]?.instructions);
    expect(instructions).toMatch(/\w/);
    expect(told).toEqual(
      manifest.tools.map(({name, description, input}) => ({name, description: `${description}!`, input})),
    );
    expect(messages).toEqual([user('one'), user('now')]);
  });

  it('may have no instructions for an agent', async () => {
    await step({prefix: heldBy('nobody')});
    expect(requests[0]?.instructions).toBe('');
  });
});

describe('a long result', () => {
  const reference = {role: 'tool' as const, callId: 't1.c2', name: 'read_file', resultBytes: 100_000};
  const news = [result('t1.c1', 'short'), result('t1.c2', 'long'), result('t1.c3', 'short')];
  const referred = [news[0], reference, news[2]] as ModelStepInput['messages'];

  it('is asked for with the messages around it', async () => {
    transcript.messages.push(...news, user('later'));
    const prefix = prefixOf(3);
    await step({prefix, messages: referred, digest: extendDigest(prefix.digest, news)});
    expect(requests[0]?.messages.slice(3)).toEqual(news);
    expect(queries).toEqual([0, 2, 3, 5]);
  });

  it('is checked', async () => {
    transcript.messages.push(...news);
    const asked = step({prefix: prefixOf(3), messages: referred, digest: 'other'});
    await expect(asked).rejects.toMatchObject({type: 'TranscriptMismatch'});
  });
});

describe('what a step streams', () => {
  /** The details of the first heartbeat that comes after the model has said its pieces. */
  async function heartbeatAfter(...pieces: string[]): Promise<unknown> {
    const environment = activityEnvironment({attempt: 3});
    const beat = Promise.withResolvers<unknown>();
    whileAnswering = ({onText}) => {
      for (const piece of pieces) onText(piece);
      environment.once('heartbeat', beat.resolve);
      return beat.promise;
    };
    await step({prefix: prefixOf(1)}, environment);
    return beat.promise;
  }

  it('is told by heartbeats', async () => {
    expect(await heartbeatAfter()).toBeUndefined();
    expect(await heartbeatAfter('so ', 'far')).toEqual({attempt: 3, offset: 0, tail: 'so far'});
  });

  it('keeps its end only', async () => {
    const details = await heartbeatAfter('a'.repeat(3000), 'b'.repeat(3000), 'c'.repeat(500));
    expect(details).toEqual({
      attempt: 3,
      offset: 2500,
      tail: 'a'.repeat(500) + 'b'.repeat(3000) + 'c'.repeat(500),
    });
  });
});

describe('a step that fails', () => {
  it('says so without what belongs to the host', async () => {
    whileAnswering = () => Promise.reject(new Error('no /the/sandbox/file'));
    await expect(step({prefix: prefixOf(1)})).rejects.toMatchObject({
      type: 'ToolError',
      message: 'model.request failed: no file',
    });
    const failure = ApplicationFailure.nonRetryable('refused', 'ModelRefused');
    whileAnswering = () => Promise.reject(failure);
    await expect(step({prefix: prefixOf(1)})).rejects.toMatchObject({
      type: 'ModelRefused',
      message: 'refused',
    });
  });

  it('by cancellation is canceled, and so is what it asked', async () => {
    const environment = activityEnvironment();
    let reason: unknown;
    whileAnswering = async ({signal}) => {
      environment.cancel();
      reason = signal.aborted;
      throw signal.reason;
    };
    await expect(step({prefix: prefixOf(1)}, environment)).rejects.toMatchObject({name: 'CancelledFailure'});
    expect(reason).toBe(true);
  });
});

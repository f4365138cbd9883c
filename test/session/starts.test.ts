import {status} from '@grpc/grpc-js';
import {beforeEach, describe, expect, it} from 'vitest';
import {defaultAgent} from '../../source/agent/default-agent.ts';
import {openSession} from '../../source/session/open-session.ts';
import type {Session, StartRequest} from '../../source/session/session.ts';
import {type Answer, startTold, type ToldServer} from './told-server.ts';
import {asPayload, described, forbidden} from './told-values.ts';

let server: ToldServer;
let session: Session;

beforeEach(async () => {
  server = await startTold();
  const connection = {address: server.address, namespace: 'default'};
  session = await openSession({server: connection, agent: defaultAgent, taskQueue: 'q'});
  return () => session.close();
});

describe('a start', () => {
  /** What the server is given to start. */
  async function startedBy(request: StartRequest) {
    server.tell.StartWorkflowExecution = () => ({runId: 'r1'});
    const run = await session.start(request);
    const [asked] = server.requestsOf('StartWorkflowExecution').slice(-1);
    expect(run).toEqual({workflowId: asked?.workflowId, runId: 'r1'});
    const input = JSON.parse(Buffer.from(asked?.input?.payloads?.[0]?.data ?? []).toString());
    return {input, taskQueue: asked?.taskQueue?.name, type: asked?.workflowType?.name};
  }

  it('carries what was asked for', async () => {
    const {input, taskQueue, type} = await startedBy({prompt: 'hello'});
    expect({taskQueue, type}).toEqual({taskQueue: 'q', type: 'durableAgent'});
    expect(input).toMatchObject({prompt: 'hello'});
    expect(input).not.toHaveProperty('program');
    expect(input).not.toHaveProperty('earlier');
    expect(input.manifest.model).toBe(defaultAgent.model ?? input.manifest.model);
    const other = await startedBy({program: '1', model: 'openai:m', taskQueue: 'other'});
    expect(other).toMatchObject({
      input: {prompt: '', program: '1', manifest: {model: 'openai:m'}},
      taskQueue: 'other',
    });
    expect((await startedBy({scenario: 'tour'})).input.manifest.model).toBe('scripted:tour');
  });

  it('goes on with a conversation, fetched page by page', async () => {
    const messages = ['one', 'two', 'three'].map((content) => ({role: 'user', content}));
    const pages: unknown[] = [];
    server.tell.QueryWorkflow = ({query}) => {
      const [from] = (query?.queryArgs?.payloads ?? []).map(({data}) =>
        JSON.parse(Buffer.from(data ?? []).toString()),
      );
      pages.push(from);
      const page = {instructions: '', tools: [], from, messages: messages.slice(from, from + 2), total: 3};
      return {queryResult: {payloads: [asPayload(page)]}};
    };
    const {input} = await startedBy({prompt: 'and then?', continues: 'before'});
    expect(input.earlier).toEqual(messages);
    expect(pages).toEqual([0, 2]);
    expect(server.requestsOf('QueryWorkflow')[0]).toMatchObject({execution: {workflowId: 'before'}});
  });

  it('takes what there is of a conversation that is shorter than it was said to be', async () => {
    const page = {messages: [], total: 3};
    server.tell.QueryWorkflow = () => ({queryResult: {payloads: [asPayload(page)]}});
    expect((await startedBy({prompt: 'x', continues: 'before'})).input).not.toHaveProperty('earlier');
  });

  it('that did not reach the server is tried again under the same id; it may have come through', async () => {
    const answers: Answer[] = [
      {code: status.CANCELLED, details: 'on its way'},
      {code: status.ALREADY_EXISTS, details: 'there'},
    ];
    server.tell.StartWorkflowExecution = () => answers.shift() as Answer;
    server.tell.DescribeWorkflowExecution = () => described('r9', 'r9');
    const {workflowId, runId} = await session.start({prompt: 'hello'});
    expect(runId).toBe('r9');
    const ids = server.requestsOf('StartWorkflowExecution').map((asked) => asked.workflowId);
    expect(ids).toEqual([workflowId, workflowId]);
  });

  it('that is refused fails at once, and so does one whose session is closed', async () => {
    server.tell.StartWorkflowExecution = () => forbidden;
    await expect(session.start({prompt: 'hello'})).rejects.toThrow(/not yours/);
    expect(server.requestsOf('StartWorkflowExecution')).toHaveLength(1);
    server.tell.StartWorkflowExecution = () => {
      void session.close();
      return {code: status.CANCELLED, details: 'away'};
    };
    await expect(session.start({prompt: 'hello'})).rejects.toThrow();
  });
});

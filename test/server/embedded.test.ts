import {once} from 'node:events';
import {connect} from 'node:net';
import {networkInterfaces} from 'node:os';
import {Client, Connection} from '@temporalio/client';
import proto from '@temporalio/proto';
import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest';
import {type EmbeddedServer, startEmbeddedServer} from '../../source/server/index.ts';
import {freePort} from '../free-port.ts';
import {ManualClock} from './manual-clock.ts';

const {WorkflowService} = proto.temporal.api.workflowservice.v1;
const namespace = 'default';
const taskQueue = {name: 'queue'};

/** A server whose time is ours, and a client of it. */
const clock = new ManualClock();
let server: EmbeddedServer;
let client: Client;

beforeAll(async () => {
  server = await startEmbeddedServer({clock, namespaces: ['default', 'other']});
  client = new Client({connection: await Connection.connect({address: server.address})});
});

afterAll(async () => {
  await client.connection.close();
  await server.close();
});

function start(workflowId: string, rest: object = {}) {
  const request = {
    namespace,
    workflowId,
    requestId: workflowId,
    workflowType: {name: 'any'},
    taskQueue,
    ...rest,
  };
  return client.workflowService.startWorkflowExecution(request);
}

async function eventNames(workflowId: string): Promise<string[]> {
  const {history} = await client.workflowService.getWorkflowExecutionHistory({
    namespace,
    execution: {workflowId},
  });
  const types = Object.entries(proto.temporal.api.enums.v1.EventType);
  return (history?.events ?? []).map(({eventType}) =>
    String(types.find(([, type]) => type === eventType)?.[0]),
  );
}

describe('the address', () => {
  it('is on the loopback interface and nowhere else', async () => {
    const port = Number(server.address.split(':')[1]);
    const others = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
    for (const {address, internal, family} of others) {
      if (internal || family !== 'IPv4') continue;
      const [error] = await once(connect(port, address), 'error').catch((reason) => [reason]);
      expect(error).toMatchObject({code: 'ECONNREFUSED'});
    }
    expect(server.address).toMatch(/^127\.0\.0\.1:\d+$/);
  });

  it('may be chosen, and is free again after the server closed', async () => {
    const port = await freePort();
    const first = await startEmbeddedServer({port});
    expect(first.address).toBe(`127.0.0.1:${port}`);
    const complaint = vi.spyOn(console, 'error').mockReturnValue();
    await expect(startEmbeddedServer({port})).rejects.toThrow();
    complaint.mockRestore();
    await first.close();
    await (await startEmbeddedServer({port})).close();
  });
});

describe('a method that is missing', () => {
  it('answers UNIMPLEMENTED with its name', async () => {
    const call = client.workflowService.createSchedule({namespace, scheduleId: 'any'});
    await expect(call).rejects.toMatchObject({code: 12, details: expect.stringContaining('CreateSchedule')});
  });

  it('is known all the same, whatever it is called', () => {
    expect(Object.keys((WorkflowService as unknown as {methods: object}).methods).length).toBeGreaterThan(
      100,
    );
  });
});

describe('namespaces', () => {
  it('are those that were asked for', async () => {
    const {namespaces} = await client.workflowService.listNamespaces({});
    expect(namespaces?.map(({namespaceInfo}) => namespaceInfo?.name)).toEqual(['default', 'other']);
  });

  it('keep their workflows apart', async () => {
    await start('apart');
    const execution = {workflowId: 'apart'};
    const elsewhere = client.workflowService.describeWorkflowExecution({namespace: 'other', execution});
    await expect(elsewhere).rejects.toMatchObject({code: 5});
  });
});

describe('time', () => {
  it('runs out for a run whose timeout is longer than timers last', async () => {
    await start('patient', {workflowRunTimeout: {seconds: 60 * 24 * 60 * 60}});
    clock.advance(59 * 24 * 60 * 60 * 1000);
    expect(await eventNames('patient')).toHaveLength(2);
    clock.advance(24 * 60 * 60 * 1000);
    expect((await eventNames('patient')).at(-1)).toBe('EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT');
  });

  it('lets a delayed start begin', async () => {
    await start('delayed', {workflowStartDelay: {seconds: 30}});
    expect(await eventNames('delayed')).toHaveLength(1);
    clock.advance(30_000);
    expect((await eventNames('delayed')).at(-1)).toBe('EVENT_TYPE_WORKFLOW_TASK_SCHEDULED');
  });

  it('gives a silent worker ten seconds, then hands its task to another', async () => {
    await start('silent', {taskQueue: {name: 'silent'}});
    const poll = () => client.workflowService.pollWorkflowTaskQueue({namespace, taskQueue: {name: 'silent'}});
    expect((await poll()).attempt).toBe(1);
    clock.advance(9_999);
    expect(await eventNames('silent')).toHaveLength(3);
    clock.advance(1);
    expect((await poll()).attempt).toBe(2);
    expect((await eventNames('silent')).at(-1)).toBe('EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT');
  });
});

describe('lists', () => {
  const queries: readonly [string, string[]][] = [
    ['WorkflowId = "list-a"', ['list-a']],
    ["WorkflowId IN ('list-a', 'list-c') ORDER BY WorkflowId", ['list-a', 'list-c']],
    ['WorkflowId STARTS_WITH "list-" ORDER BY WorkflowId DESC', ['list-c', 'list-b', 'list-a']],
    ['WorkflowType = "second"', ['list-b']],
    ['WorkflowId STARTS_WITH "list-" AND WorkflowType != "second"', ['list-c', 'list-a']],
    ['ExecutionStatus = "Terminated" AND WorkflowId STARTS_WITH "list-"', ['list-c']],
    [
      '(WorkflowId = "list-a" OR WorkflowId = "list-b") AND ExecutionStatus = "Running"',
      ['list-b', 'list-a'],
    ],
    ['RootWorkflowId = "list-a"', ['list-a']],
    ['ParentWorkflowId = "list-a"', []],
    ['WorkflowId = "list-a" AND StartTime > "2020-01-01T00:00:00Z"', ['list-a']],
    ['WorkflowId = "list-a" AND CloseTime IS NULL', ['list-a']],
    ['TaskQueue = "nowhere"', []],
  ];

  beforeAll(async () => {
    await start('list-a');
    await start('list-b', {workflowType: {name: 'second'}});
    await start('list-c');
    await client.workflow.getHandle('list-c').terminate();
  });

  it.each(queries)('%s', async (query, ids) => {
    const {executions} = await client.workflowService.listWorkflowExecutions({namespace, query});
    expect(executions?.map(({execution}) => execution?.workflowId)).toEqual(ids);
    expect(Number((await client.workflowService.countWorkflowExecutions({namespace, query})).count)).toBe(
      ids.length,
    );
  });

  it('come in pages', async () => {
    const found: string[] = [];
    for await (const {workflowId} of client.workflow.list({
      query: 'WorkflowId STARTS_WITH "list-"',
      pageSize: 2,
    })) {
      found.push(workflowId);
    }
    expect(found).toEqual(['list-c', 'list-b', 'list-a']);
  });

  it('can be counted by status', async () => {
    const count = await client.workflow.count('WorkflowId STARTS_WITH "list-" GROUP BY ExecutionStatus');
    expect(count.groups.map(({groupValues, count}) => [String(groupValues[0]), count])).toEqual([
      ['Terminated', 1],
      ['Running', 2],
    ]);
  });

  it.each(['WorkflowId', 'WorkflowId = ', '= "a"', 'Nonsense = 1', 'WorkflowId ~ "a"', '(WorkflowId = "a"'])(
    'refuse %s',
    async (query) => {
      const list = client.workflowService.listWorkflowExecutions({namespace, query});
      await expect(list).rejects.toMatchObject({code: 3});
    },
  );
});

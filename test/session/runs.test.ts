import {status} from '@grpc/grpc-js';
import {beforeEach, describe, expect, it, vi} from 'vitest';
import {defaultAgent} from '../../source/agent/default-agent.ts';
import {fetchFamily} from '../../source/session/fetch-family.ts';
import {openSession} from '../../source/session/open-session.ts';
import type {Session, SessionUpdate} from '../../source/session/session.ts';
import {patience} from '../patience.ts';
import {type Answer, startTold, type ToldServer} from './told-server.ts';
import {completed, continued, described, forbidden, notFound, started, terminated} from './told-values.ts';

// What a session makes of what servers say of runs: chains, resets, lists, conversations that go on.
let server: ToldServer;
let session: Session;
let updates: SessionUpdate[];
/** What the server says of each run, by run id; an empty id is the current run. */
let runs: Record<string, {description: Answer; events: Answer[] | Answer}>;

beforeEach(async () => {
  server = await startTold();
  runs = {};
  const runOf = (execution?: {runId?: string | null} | null) => runs[execution?.runId ?? ''];
  server.tell.DescribeWorkflowExecution = ({execution}) => runOf(execution)?.description ?? notFound;
  server.tell.GetWorkflowExecutionHistory = ({execution}) => {
    const events = runOf(execution)?.events ?? notFound;
    return Array.isArray(events) ? {history: {events}} : events;
  };
  const connection = {address: server.address, namespace: 'default'};
  session = await openSession({server: connection, agent: defaultAgent, taskQueue: 'q'});
  updates = [];
  session.subscribe((update) => updates.push(update));
  return () => session.close();
});

/** The runs whose events were told, in order, and how the followed run ended. */
async function followed() {
  await vi.waitFor(() => expect(updates.at(-1)?.type).toBe('closed'), patience);
  const runIds = updates.flatMap((update) => (update.type === 'events' ? [update.events[0]?.runId] : []));
  const [closed, ...more] = updates.filter(({type}) => type === 'closed');
  expect(more).toEqual([]);
  return {runIds, result: (closed as {result: object}).result};
}

describe('a run that continues others', () => {
  it('is followed from the first of them, by what is current and not by what was reset since', async () => {
    runs = {
      '': {description: described('r3', 'r1', 2), events: []},
      r3: {description: {}, events: [started('r2'), completed('done')]},
      r2: {description: {}, events: [started('r1'), continued('r3')]},
      r1: {description: {}, events: [started(), continued('reset since')]},
    };
    const run = {workflowId: 'w', runId: 'r3', taskQueue: 'its queue', isOpen: false};
    expect(await session.attach('w')).toEqual(run);
    expect(await followed()).toEqual({
      runIds: ['r1', 'r2', 'r3'],
      result: {status: 'completed', answer: 'done'},
    });
    const family = await fetchFamily({address: server.address, namespace: 'default'}, 'w');
    expect(family.map(({history}) => history.events.length)).toEqual([2, 2, 2]);
    expect(family[0]?.history.events[1]?.eventType).toBe(28);
    expect(family[2]?.history.events[1]?.eventType).toBe(2);
  });

  it('begins where the server has deleted what came before', async () => {
    runs = {
      '': {description: described('r3', 'r1'), events: []},
      r3: {description: {}, events: [started('r2'), completed('done')]},
      r2: {description: {}, events: [started('r1'), continued('r3')]},
      r1: {description: notFound, events: [started()]},
    };
    expect((await session.attach('w')).isOpen).toBe(true);
    expect((await followed()).runIds).toEqual(['r2', 'r3']);
  });

  it('is not attached to where the server refuses to tell', async () => {
    runs = {
      '': {description: described('r2', 'r1'), events: []},
      r2: {description: {}, events: [started('r1')]},
      r1: {description: forbidden, events: []},
    };
    await expect(session.attach('w')).rejects.toThrow(/refuses this: not yours/);
  });

  it('is looked for by one event of each run, and not at all where it is the first', async () => {
    runs = {
      '': {description: described('r1', 'r1'), events: []},
      r1: {description: {}, events: [started('never asked'), completed('done')]},
    };
    await session.attach('w');
    await followed();
    expect(
      server.requestsOf('GetWorkflowExecutionHistory').map(({maximumPageSize}) => maximumPageSize),
    ).toEqual([0]);
    runs[''] = {description: described('r1', 'other'), events: []};
    runs.r1 = {description: {}, events: [started()]};
    await session.attach('w');
    const [, asked] = server.requestsOf('GetWorkflowExecutionHistory');
    expect(asked).toMatchObject({maximumPageSize: 1, execution: {workflowId: 'w', runId: 'r1'}});
  });

  it('has no run before it where its history says nothing', async () => {
    runs = {
      '': {description: described('r1', 'other'), events: []},
      r1: {description: {}, events: []},
    };
    expect(await session.attach('w')).toMatchObject({runId: 'r1'});
  });
});

describe('a run that is terminated while it is followed', () => {
  const terminatedRun = (current: object) => {
    runs = {
      '': {description: described('r1', 'r1'), events: []},
      r1: {description: described('r1', 'r1', 5), events: [started(), terminated]},
      r2: {description: {}, events: [started(), completed('after the reset')]},
    };
    let isFirst = true;
    server.tell.DescribeWorkflowExecution = ({execution}) => {
      const {runId} = execution ?? {};
      if (runId) return runs[runId]?.description ?? notFound;
      const said = isFirst ? described('r1', 'r1') : current;
      isFirst = false;
      return said;
    };
  };
  const over = {runIds: ['r1'], result: {status: 'terminated', error: 'reset'}};

  it('goes on as the run that was made of it by a reset', async () => {
    terminatedRun(described('r2', 'r1'));
    await session.attach('w');
    expect(await followed()).toEqual({
      runIds: ['r1', 'r2'],
      result: {status: 'completed', answer: 'after the reset'},
    });
  });

  it.each([
    ['it is still the current one', described('r1', 'r1', 5)],
    ['another start has taken its id', described('r2', 'r2')],
    ['the server does not tell', forbidden],
  ])('is over where %s', async (_what, current) => {
    terminatedRun(current);
    await session.attach('w');
    expect(await followed()).toEqual(over);
  });

  it('is exchanged in a family, too', async () => {
    const child = {
      eventId: 2,
      eventType: 31,
      childWorkflowExecutionStartedEventAttributes: {workflowExecution: {workflowId: 'w/t1.c1', runId: 'c1'}},
    };
    const childRun = (runId: string) => {
      const {workflowExecutionInfo} = described(runId, 'c1');
      return {workflowExecutionInfo: {...workflowExecutionInfo, execution: {workflowId: 'w/t1.c1', runId}}};
    };
    runs = {
      r1: {description: {}, events: [started(), child]},
      c1: {description: childRun('c1'), events: [started(), {eventId: 2, eventType: 26}, terminated]},
      c2: {description: childRun('c2'), events: [started(), completed('again')]},
    };
    server.tell.DescribeWorkflowExecution = ({execution}) => {
      const {workflowId, runId} = execution ?? {};
      if (workflowId === 'w') return described('r1', 'r1');
      return childRun(runId || 'c2');
    };
    const address = {address: server.address, namespace: 'default'};
    const family = await fetchFamily(address, 'w');
    expect(family.map(({workflowId, history}) => [workflowId, history.events.at(-1)?.eventType])).toEqual([
      ['w', 31],
      ['w/t1.c1', 2],
    ]);
    runs.c1 = {description: {}, events: [started(), completed('at once')]};
    const whole = await fetchFamily(address, 'w');
    expect(whole[1]?.history.events.at(-1)?.eventType).toBe(2);
    await expect(
      fetchFamily({...address, namespace: 'default'}, 'w').then((all) => all.length),
    ).resolves.toBe(2);
  });
});

it('a family is not had where the server refuses', async () => {
  runs = {'': {description: forbidden, events: []}};
  await expect(fetchFamily({address: server.address, namespace: 'default'}, 'w')).rejects.toThrow(
    /refuses this: not yours/,
  );
});

describe('the list of runs', () => {
  const listed = (workflowId: string, runId: string, state: number, more: object = {}) => ({
    execution: {workflowId, runId},
    type: {name: 'durableAgent'},
    startTime: {seconds: 5},
    status: state,
    taskQueue: 'q',
    ...more,
  });

  it('has root agents only, each once, with its state', async () => {
    const executions = [
      listed('a', '1', 1),
      listed('a', '0', 5),
      listed('b', '2', 2, {closeTime: {seconds: 7}}),
      listed('agent-0000/t1.c1', '3', 2),
      listed('other', '4', 2, {parentExecution: {workflowId: 'a', runId: '1'}}),
      ...[3, 4, 5, 6, 7].map((state) => listed(`s${state}`, '5', state)),
    ];
    server.tell.ListWorkflowExecutions = () => ({executions});
    const run = (workflowId: string, runId: string, state: string) => ({
      workflowId,
      runId,
      status: state,
      startTime: 5000,
      taskQueue: 'q',
    });
    expect(await session.list(100)).toEqual([
      run('a', '1', 'running'),
      {...run('b', '2', 'completed'), endTime: 7000},
      run('s3', '5', 'failed'),
      run('s4', '5', 'canceled'),
      run('s5', '5', 'terminated'),
      run('s6', '5', 'completed'),
      run('s7', '5', 'timedOut'),
    ]);
    expect(await session.list(2)).toHaveLength(2);
    expect(server.requestsOf('ListWorkflowExecutions')[0]?.query).toBe("WorkflowType = 'durableAgent'");
    server.tell.ListWorkflowExecutions = () => forbidden;
    await expect(session.list(1)).rejects.toThrow(/not yours/);
  });
});

it('a listener hears nothing after it has left', async () => {
  const heard: SessionUpdate[] = [];
  const leave = session.subscribe((update) => heard.push(update));
  leave();
  runs = {
    '': {description: described('r1', 'r1'), events: []},
    r1: {description: {}, events: [started(), completed('done')]},
  };
  await session.attach('w');
  await followed();
  expect(heard).toEqual([]);
  await session.attach('w');
  expect(updates.filter(({type}) => type === 'events')).toHaveLength(1);
});

it('no event is told twice where a call failed for now', async () => {
  const events = [started(), {eventId: 2, eventType: 26}];
  const answers: Answer[] = [
    {history: {events}, nextPageToken: 'bW9yZQ=='},
    {code: status.CANCELLED, details: 'on its way'},
    {history: {events}, nextPageToken: 'bW9yZQ=='},
    {history: {events: [{...completed('done'), eventId: 3}]}},
  ];
  server.tell.DescribeWorkflowExecution = () => described('r1', 'r1');
  server.tell.GetWorkflowExecutionHistory = () => answers.shift() ?? 'nothing';
  await session.attach('w');
  await followed();
  const told = updates.flatMap((update) => (update.type === 'events' ? update.events : []));
  expect(told.map(({eventId}) => eventId)).toEqual([1, 2, 3]);
});

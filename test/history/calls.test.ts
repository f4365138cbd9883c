import {describe, expect, it} from 'vitest';
import {allCalls, findCall, isOver, lastProgram, mapCalls} from '../../source/history/calls.ts';
import {emptyForest, foldEvents, isKnown} from '../../source/history/fold.ts';
import type {CallNode, RunNode} from '../../source/history/run-tree.ts';
import {withPending} from '../../source/history/with-pending.ts';
import {programWithSubagent, rootId} from './families.ts';
import {applicationFailure, Recorder} from './recorder.ts';

const fold = ({events}: Recorder) => foldEvents(emptyForest, events).runs.get(rootId) as RunNode;

it('all calls come in the order of the tree', () => {
  const run = foldEvents(emptyForest, programWithSubagent()).runs.get(rootId) as RunNode;
  expect([...allCalls(run)].map(({id}) => id)).toEqual([
    't1.model',
    't1.c1',
    't1.c1.1',
    't1.c1.2',
    't2.model',
  ]);
});

it('a call whose program was never seen gets a place for it', () => {
  const run = new Recorder(rootId);
  run.start();
  const scheduled = run.schedule('t1.c2.1', 'sandbox.write_file', [{path: 'a'}]);
  const {runId} = run;
  expect(fold(run).turns).toMatchObject([{number: 1, calls: [{id: 't1.c2', calls: [{id: 't1.c2.1'}]}]}]);
  expect(findCall(fold(run), 't1.c2')).toMatchObject({
    kind: 'program',
    name: 'run_ptc',
    state: 'running',
    attempt: 1,
    runId,
    eventIds: [],
  });
  expect(findCall(fold(run), 't1.c2.1')?.eventIds).toEqual([scheduled]);
});

it.each([
  ['requested', false],
  ['scheduled', false],
  ['running', false],
  ['cancelRequested', false],
  ['completed', true],
  ['failed', true],
  ['timedOut', true],
  ['canceled', true],
] as const)('a call that is %s is over: %s', (state, expected) => {
  expect(isOver({state} as CallNode)).toBe(expected);
});

describe('what a model asks for', () => {
  it('is a call of the kind that its tool has', () => {
    const run = new Recorder(rootId);
    run.start();
    const names = ['write_file', 'spawn', 'run_ptc', 'unknown'];
    run.model(
      1,
      names.map((name) => ({name, input: {}})),
    );
    expect(fold(run).turns[0]?.calls).toMatchObject([
      {kind: 'activity', name: 'sandbox.write_file', state: 'requested', input: {}},
      {kind: 'subagent', name: 'spawn', state: 'requested'},
      {kind: 'program', name: 'run_ptc', state: 'running'},
      {kind: 'local', name: 'unknown', state: 'requested'},
    ]);
    expect(fold(run).turns[0]?.calls[0]?.scheduledTime).toBeUndefined();
    expect(fold(run).turns[0]?.calls[2]).toMatchObject({
      scheduledTime: expect.any(Number),
      startTime: expect.any(Number),
    });
  });

  it('may be words where arguments belong', () => {
    const run = new Recorder(rootId);
    run.start();
    const step = run.scheduleModel(1);
    const toolCalls = [
      {id: 't1.c1', name: 'write_file', input: 'no JSON'},
      {id: 't1.c2', name: 'write_file', input: 7},
      {id: 't2.c1', name: 'write_file', input: {}},
    ];
    run.finish(step, 'ActivityTaskCompleted', {result: [{message: {toolCalls}}]});
    expect(fold(run).turns[0]?.calls.map(({id, input}) => [id, input])).toEqual([
      ['t1.c1', 'no JSON'],
      ['t1.c2', {}],
    ]);
    expect(fold(run).usage).toBeUndefined();
  });
});

describe('what a model is told', () => {
  const failure = {name: 'ToolValidationError', message: 'no such file'};

  function told(message: object, tool: 'completes' | 'is local' = 'is local'): CallNode | undefined {
    const run = new Recorder(rootId);
    run.start();
    run.model(1, [{name: 'write_file', input: {}}]);
    if (tool === 'completes') run.tool('t1.c1', 'sandbox.write_file', {}, 'wrote');
    run.scheduleModel(2, [{role: 'tool', callId: 't1.c1', name: 'write_file', ...message} as never]);
    return findCall(fold(run), 't1.c1');
  }

  it('ends a call that had no event', () => {
    expect(told({result: 'answered'})).toMatchObject({
      kind: 'local',
      state: 'completed',
      result: 'answered',
      endTime: expect.any(Number),
    });
    expect(told({failure})).toMatchObject({
      kind: 'local',
      state: 'failed',
      feedback: failure,
      failure: {type: failure.name, message: failure.message},
    });
    expect(told({failure: {details: 7}})?.feedback).toEqual({name: 'Error', message: '', details: 7});
  });

  it('stands beside what the events of a call say', () => {
    expect(told({failure}, 'completes')).toMatchObject({
      kind: 'activity',
      state: 'completed',
      result: 'wrote',
      feedback: failure,
    });
    expect(told({result: 'other'}, 'completes')).toMatchObject({state: 'completed', result: 'wrote'});
    expect(told({result: 'other'}, 'completes')?.feedback).toBeUndefined();
  });

  it('counts only where it answers a call', () => {
    expect(told({role: 'user', result: 'answered'})?.state).toBe('requested');
    expect(told({callId: 't1.c9', result: 'answered'})?.state).toBe('requested');
  });
});

describe('when a run is over', () => {
  function closed(eventType: string, attributes: object = {}): RunNode {
    const run = new Recorder(rootId);
    run.start();
    run.model(1, [
      {name: 'run_ptc', input: {}},
      {name: 'write_file', input: {}},
    ]);
    run.schedule('t1.c2', 'sandbox.write_file', []);
    run.add(eventType, attributes as never);
    return fold(run);
  }
  const failure = applicationFailure('Broken', 'it is broken');
  const broken = {type: 'Broken', message: 'it is broken'};

  it.each([
    ['WorkflowExecutionCompleted', {result: [{answer: 'a', value: 7}]}, 'completed', undefined, 'completed'],
    ['WorkflowExecutionFailed', {failure}, 'failed', broken, 'failed'],
    ['WorkflowExecutionCanceled', {}, 'canceled', undefined, 'canceled'],
    [
      'WorkflowExecutionTerminated',
      {reason: 'why'},
      'terminated',
      {type: 'Terminated', message: 'why'},
      'canceled',
    ],
    [
      'WorkflowExecutionTimedOut',
      {},
      'timedOut',
      {type: 'TimeoutFailure', message: 'the run timed out'},
      'canceled',
    ],
  ])(
    'by %s its program and what still ran are, too',
    (eventType, attributes, status, reason, programState) => {
      const run = closed(eventType, attributes);
      expect(run).toMatchObject({status, endTime: expect.any(Number)});
      expect(run.failure).toEqual(reason);
      const [program, tool] = run.turns[0]?.calls ?? [];
      expect(program).toMatchObject({state: programState, endTime: run.endTime});
      expect(program?.result).toEqual(status === 'completed' ? 7 : undefined);
      expect(program?.failure).toEqual(status === 'failed' ? broken : undefined);
      expect(tool).toMatchObject({state: 'canceled', endTime: run.endTime});
      expect(tool?.result).toBeUndefined();
      expect(run.turns[0]?.model?.state).toBe('completed');
    },
  );

  it('what the server said of its activities does not count any more', () => {
    const run = closed('WorkflowExecutionCanceled');
    const forest = {runs: new Map([[rootId, {...run, turns: [{number: 1, calls: [running]}]}]])};
    const pending = new Map([[rootId, [{activityId: 'x', state: 'started', attempt: 4} as const]]]);
    expect(withPending(forest, pending).runs.get(rootId)?.turns[0]?.calls[0]?.attempt).toBe(1);
    const open = {
      runs: new Map([[rootId, {...(forest.runs.get(rootId) as RunNode), status: 'running' as const}]]),
    };
    expect(withPending(open, pending).runs.get(rootId)?.turns[0]?.calls[0]).toMatchObject({
      attempt: 4,
      state: 'running',
    });
  });

  const running = {
    id: 'x',
    kind: 'activity',
    state: 'scheduled',
    attempt: 1,
    calls: [],
  } as unknown as CallNode;
});

describe('a run whose calls are changed', () => {
  const run = foldEvents(emptyForest, programWithSubagent()).runs.get(rootId) as RunNode;
  const rename = (id: string) => mapCalls(run, (call) => (call.id === id ? {...call, name: 'new'} : call));
  const named = (changed: RunNode) =>
    [...allCalls(changed)].filter(({name}) => name === 'new').map(({id}) => id);

  it.each(['t1.model', 't1.c1', 't1.c1.1', 't2.model'])('has another %s and keeps the rest', (id) => {
    const changed = rename(id);
    expect(named(changed)).toEqual([id]);
    expect([...allCalls(changed)].map((call) => call.id)).toEqual([...allCalls(run)].map((call) => call.id));
    expect(changed.turns.map((turn, index) => turn === run.turns[index])).toEqual(
      run.turns.map((_, index) => index !== (id.startsWith('t1') ? 0 : 1)),
    );
  });

  it('is the very same where none changes', () => {
    expect(rename('nobody')).toBe(run);
  });

  it('may have a turn without a model', () => {
    const {model: _, ...turn} = run.turns[0] as RunNode['turns'][number];
    const changed = mapCalls({...run, turns: [turn]}, (call) => ({...call, name: 'new'}));
    expect(changed.turns[0]).not.toHaveProperty('model');
    expect(named(changed)).toEqual(['t1.c1', 't1.c1.1', 't1.c1.2']);
  });
});

it('the newest program is one that still runs, or that is asked for', () => {
  const run = new Recorder(rootId);
  run.start();
  run.model(1, [
    {name: 'run_ptc', input: {}},
    {name: 'run_ptc', input: {}},
    {name: 'write_file', input: {}},
  ]);
  const folded = fold(run);
  expect(lastProgram(folded)?.id).toBe('t1.c2');
  expect(lastProgram(folded, ({id}) => id !== 't1.c2')?.id).toBe('t1.c1');
  expect(lastProgram(folded, ({id}) => id === 't1.c3')).toBeUndefined();
  const over = mapCalls(folded, (call) => (call.id === 't1.c2' ? {...call, state: 'completed'} : call));
  expect(lastProgram(over)?.id).toBe('t1.c1');
});

it('an event is known once it is folded', () => {
  const events = programWithSubagent();
  const [first, second] = events;
  const forest = foldEvents(emptyForest, events.slice(0, 1));
  expect(first && isKnown(forest, first)).toBe(true);
  expect(second && isKnown(forest, second)).toBe(false);
  expect(first && isKnown(emptyForest, first)).toBe(false);
});

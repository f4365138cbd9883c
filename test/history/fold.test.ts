import {describe, expect, it} from 'vitest';
import {findCall} from '../../source/history/calls.ts';
import {emptyForest, foldEvents} from '../../source/history/fold.ts';
import {formatTree} from '../../source/history/format-tree.ts';
import {withPending} from '../../source/history/with-pending.ts';
import {failures, programWithSubagent, rootId} from './families.ts';
import {Recorder} from './recorder.ts';

describe('foldEvents', () => {
  it('gives the same forest one event at a time, at once, and with events delivered twice', () => {
    const events = programWithSubagent();
    const atOnce = foldEvents(emptyForest, events);
    const singly = events.reduce((forest, event) => foldEvents(forest, [event]), emptyForest);
    expect(singly).toEqual(atOnce);
    expect(foldEvents(atOnce, events)).toEqual(atOnce);
  });

  it('leaves the forest it was given as it was', () => {
    const events = programWithSubagent();
    const before = foldEvents(emptyForest, events.slice(0, 8));
    const copy = structuredClone(before);
    foldEvents(before, events.slice(8));
    expect(before).toEqual(copy);
  });

  it('knows prompt, answer, tokens, workers and parent of each run', () => {
    const {runs} = foldEvents(emptyForest, programWithSubagent());
    expect(runs.get(rootId)).toMatchObject({
      agent: 'assistant',
      model: 'scripted',
      prompt: 'write a note and delegate',
      status: 'completed',
      answer: 'Both are written.',
      usage: {input: 200, cached: 100, output: 20},
      workers: ['worker-1'],
    });
    expect(runs.get(`${rootId}/t1.c1.2`)).toMatchObject({
      agent: 'generic',
      parent: {workflowId: rootId, callId: 't1.c1.2'},
      answer: 'b is written',
    });
  });

  it('keeps input, result, source line and feedback of calls', () => {
    const run = foldEvents(emptyForest, programWithSubagent()).runs.get(rootId);
    const call = run && findCall(run, 't1.c1.1');
    expect(call).toMatchObject({line: 2, input: {path: 'notes/a.txt', content: 'a'}, result: 'wrote 1 byte'});
    expect(run && findCall(run, 't1.c1')).toMatchObject({kind: 'program', state: 'completed', result: 'ok'});

    const failed = foldEvents(emptyForest, failures()).runs.get(rootId);
    expect(failed && findCall(failed, 't1.c3')).toMatchObject({
      kind: 'local',
      feedback: {name: 'ToolValidationError'},
    });
  });

  it('takes the runs of continue-as-new for one', () => {
    const run = new Recorder(rootId);
    run.start();
    run.model(1, [{name: 'write_file', input: {path: 'a'}}]);
    run.tool('t1.c1', 'sandbox.write_file', {path: 'a'}, 'wrote');
    run.continueAsNew();
    run.start({resume: {turn: 1, calls: 1, transcript: []}});
    run.model(2, 'done');
    run.complete('done');
    const forest = foldEvents(foldEvents(emptyForest, run.events), run.events);
    expect(forest.runs.get(rootId)).toMatchObject({
      runIds: ['run-of-agent-7f3a91c0', 'run-of-agent-7f3a91c0+'],
      eventCount: run.events.length,
    });
    expect(formatTree(forest, rootId, {times: false})).toEqual([
      '◆ agent-7f3a91c0 ✓ completed',
      '├─ turn 1  model.request ✓',
      '│  └─ ✓ sandbox.write_file a',
      '└─ turn 2  model.request ✓ “done”',
    ]);
  });

  it('keeps calls in program order, whatever order their events come in', () => {
    const run = new Recorder(rootId);
    run.start({prompt: '', program: ''});
    for (const index of [2, 10, 1, 3]) run.tool(`t1.c1.${index}`, 'faults.slow', {}, index);
    const folded = foldEvents(emptyForest, run.events).runs.get(rootId);
    const program = folded && findCall(folded, 't1.c1');
    expect(program?.calls.map(({id}) => id)).toEqual(['t1.c1.1', 't1.c1.2', 't1.c1.3', 't1.c1.10']);
  });

  it('remembers why a workflow task fails until one succeeds', () => {
    const run = new Recorder(rootId);
    run.start();
    run.add('WorkflowTaskFailed', {failure: {message: 'no such workflow'}});
    const stuck = foldEvents(emptyForest, run.events);
    expect(formatTree(stuck, rootId, {times: false})).toEqual([
      '◆ agent-7f3a91c0 running Error: no such workflow',
    ]);
    run.workflowTask();
    expect(foldEvents(emptyForest, run.events).runs.get(rootId)?.taskFailure).toBeUndefined();
  });

  it.each([
    ['no attributes', {}],
    [
      'attributes of other types',
      {activityId: 7, activityType: 'x', input: 'y', scheduledEventId: {}, failure: 3},
    ],
    ['undecodable payloads', {activityId: 't1.model', input: [{undecodable: 'binary/encrypted', bytes: 9}]}],
    [
      'no arrays where there should be',
      {input: [{manifest: {tools: 3, agents: []}, messages: {}}], result: {}},
    ],
  ])('survives a foreign history with %s', (_title, attributes) => {
    const run = new Recorder('somebody-else');
    const types = [
      'WorkflowExecutionStarted',
      'ActivityTaskScheduled',
      'ActivityTaskCompleted',
      'constructor',
    ];
    for (const type of [...types, 'StartChildWorkflowExecutionInitiated', 'WorkflowExecutionFailed']) {
      run.add(type, attributes);
    }
    const forest = foldEvents(emptyForest, run.events);
    expect(forest.runs.get('somebody-else')).toMatchObject({status: 'failed', eventCount: 6});
    expect(formatTree(forest, 'somebody-else', {times: false})[0]).toContain('◆ somebody-else ✗ failed');
  });
});

describe('what the server says of activities in flight', () => {
  const run = new Recorder(rootId);
  run.start();
  run.model(1, [
    {name: 'flaky', input: {times: 2}},
    {name: 'slow', input: {}},
  ]);
  run.schedule('t1.c1', 'faults.flaky', [{times: 2}]);
  run.schedule('t1.c2', 'faults.slow', [{}]);
  const forest = foldEvents(emptyForest, run.events);
  const now = run.clock.now;

  it('shows attempt, last failure, next attempt and worker of pending activities', () => {
    const pending = new Map([
      [
        rootId,
        [
          {
            activityId: 't1.c1',
            attempt: 2,
            state: 'scheduled' as const,
            lastFailure: 'Error: not yet',
            nextAttemptTime: now + 4000,
          },
          {activityId: 't1.c2', attempt: 1, state: 'started' as const, worker: 'worker-2'},
        ],
      ],
    ]);
    expect(formatTree(withPending(forest, pending), rootId, {now, workers: true}).slice(2)).toEqual([
      '   ├─ ↻ faults.flaky times: 2 attempt 2 1ms next in 4.0s Error: not yet',
      '   └─ ⠋ faults.slow 0ms @worker-2',
    ]);
    expect(formatTree(forest, rootId, {now}).at(-1)).toBe('   └─ ○ faults.slow 0ms');
  });

  it('believes the history where it is further', () => {
    const late = [{activityId: 't1.model', attempt: 1, state: 'started' as const}];
    expect(withPending(forest, new Map([[rootId, late]])).runs.get(rootId)).toEqual(forest.runs.get(rootId));
  });
});

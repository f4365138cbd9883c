import {describe, expect, it} from 'vitest';
import {continueAsNewBackoff, nextRunStart, retryRun} from '../../../source/server/run/next-run.ts';
import type {RunDraft} from '../../../source/server/run/run-draft.ts';
import {createRun, executionOf} from '../../../source/server/run/run-state.ts';
import {newRun} from '../new-run.ts';
import {Scene, seconds} from './scene.ts';

const everything = {
  workflowType: {name: 'type'},
  taskQueue: {name: 'queue', kind: 2, normalName: 'normal'},
  workflowExecutionTimeout: seconds(100),
  workflowRunTimeout: seconds(50),
  workflowExecutionExpirationTime: seconds(4e9),
  parentWorkflowNamespace: 'default',
  parentWorkflowNamespaceId: 'default-id',
  parentWorkflowExecution: {workflowId: 'parent', runId: 'parent-run'},
  parentInitiatedEventId: 5 as never,
  rootWorkflowExecution: {workflowId: 'root', runId: 'root-run'},
  firstExecutionRunId: 'very-first',
  priority: {priorityKey: 2},
  input: {payloads: []},
  header: {fields: {a: {}}},
  memo: {fields: {b: {}}},
  searchAttributes: {indexedFields: {c: {}}},
  retryPolicy: {initialInterval: seconds(3), maximumAttempts: 3},
  identity: 'starter',
  attempt: 2,
};

describe('the next run', () => {
  it('keeps what belongs to the workflow and not what belonged to the run', () => {
    const scene = new Scene().start(everything, {userMetadata: {summary: null}});
    const start = scene.change((change) => nextRunStart(change, {attempt: 7}));
    const {runId, requestId, ...rest} = start;
    expect(new Set([runId, requestId, 'first']).size).toBe(3);
    const {started, ...others} = rest;
    expect(others).toEqual({
      namespace: {name: 'default', id: 'default-id'},
      workflowId: 'a',
      userMetadata: {summary: null},
    });
    const {input, header, memo, searchAttributes, retryPolicy, identity, ...kept} = everything;
    expect(started).toEqual({
      ...kept,
      taskQueue: {name: 'queue', kind: 1},
      workflowTaskTimeout: {seconds: 10},
      continuedExecutionRunId: 'first',
      originalExecutionRunId: runId,
      workflowId: 'a',
      attempt: 7,
    });
  });

  it('has nothing where there was nothing', () => {
    const scene = new Scene().start({taskQueue: null, workflowTaskTimeout: null});
    const {runId, started} = scene.change((change) => nextRunStart(change, {}));
    expect(started).toEqual({
      workflowType: null,
      taskQueue: {name: '', kind: 1},
      workflowExecutionTimeout: null,
      workflowRunTimeout: null,
      workflowTaskTimeout: null,
      workflowExecutionExpirationTime: null,
      parentWorkflowNamespace: '',
      parentWorkflowNamespaceId: '',
      parentWorkflowExecution: null,
      parentInitiatedEventId: null,
      rootWorkflowExecution: null,
      firstExecutionRunId: '',
      continuedExecutionRunId: 'first',
      originalExecutionRunId: runId,
      priority: null,
      workflowId: 'a',
      attempt: 1,
    });
  });

  it('keeps the points to reset to; those of the last run for a day', () => {
    const older = {buildId: 'old', runId: 'zeroth', expireTime: seconds(5)};
    const scene = new Scene().start({prevAutoResetPoints: {points: [older]}}).work();
    const {started} = scene.change((change) => nextRunStart(change, {}));
    const aDayLater = (scene.beginning + 24 * 60 * 60 * 1000) / 1000;
    expect(started.prevAutoResetPoints?.points).toEqual([
      older,
      expect.objectContaining({buildId: '', runId: 'first', expireTime: {seconds: aDayLater, nanos: 0}}),
    ]);
  });
});

describe('a run that continues as new', () => {
  const run = (startedAt: number, delay = 0) =>
    ({startedAt, started: {firstWorkflowTaskBackoff: seconds(delay)}}) as unknown as RunDraft;

  it('counts from its start', () => {
    expect(continueAsNewBackoff(run(9000), 9300, 0)).toBe(700);
    expect(continueAsNewBackoff(run(9000), 20_000, 0)).toBe(0);
    expect(continueAsNewBackoff(run(0), 1500, 800)).toBe(800);
  });

  it.each([
    ['after a long life at once', 0, 5000, 0, 0],
    ['after a long life when it asks', 0, 5000, 30, 30],
    ['a second after it began', 0, 300, 0, 700],
    ['exactly a second after it began at once', 0, 1000, 0, 0],
    ['when it asks, where that is late enough', 0, 300, 700, 700],
    ['not when it asks, where that is too soon', 0, 300, 699, 700],
    ['a second after its delay was over', 2, 2300, 0, 700],
  ])('begins %s', (_when, delay, now, asked, backoff) => {
    expect(continueAsNewBackoff(run(0, delay), now, asked)).toBe(backoff);
  });
});

describe('a run that failed', () => {
  const failure = {message: 'broken'};

  it('is not tried again without a policy', () => {
    const scene = new Scene().start();
    expect(scene.change((change) => retryRun(change, failure))).toEqual({state: undefined});
  });

  it('is tried again with what it was started with', () => {
    const scene = new Scene().start(everything);
    const result = scene.change((change) => retryRun(change, failure));
    if (!('start' in result)) throw new Error('it is not tried again');
    const {input, header, memo, searchAttributes, retryPolicy} = everything;
    expect(result.start.started).toMatchObject({
      input,
      header,
      memo,
      searchAttributes,
      retryPolicy,
      attempt: 3,
      initiator: 2,
      continuedFailure: failure,
      firstWorkflowTaskBackoff: seconds(6),
    });
  });

  it('is tried again with nothing where it was started with nothing', () => {
    const scene = new Scene().start({retryPolicy: {initialInterval: seconds(1)}});
    const result = scene.change((change) => retryRun(change, failure));
    if (!('start' in result)) throw new Error('it is not tried again');
    const nothing = {input: null, header: null, memo: null, searchAttributes: null};
    expect(result.start.started).toMatchObject({...nothing, attempt: 2});
  });

  it('is not tried again when its attempts are used up', () => {
    const scene = new Scene().start({...everything, attempt: 3});
    expect(scene.change((change) => retryRun(change, failure))).toEqual({state: 4});
  });

  it('is not tried again when the whole workflow would be out of time', () => {
    const expired = {seconds: (Date.UTC(2030, 0, 1) / 1000 + 5) as never, nanos: 0};
    const scene = new Scene().start({...everything, workflowExecutionExpirationTime: expired});
    expect(scene.change((change) => retryRun(change, failure))).toEqual({state: 3});
  });
});

describe('a new run', () => {
  it('is open, with nothing in it', () => {
    expect(createRun(newRun('a', 'first'), 1000)).toMatchObject({
      startedAt: 1000,
      runExpiresAt: Number.POSITIVE_INFINITY,
      executionExpiresAt: Number.POSITIVE_INFINITY,
      status: 1,
      closedAt: 0,
      history: [],
      historySize: 0,
      buffered: [],
      workflowTaskAttempt: 1,
      firstWorkflowTaskAt: 1000,
      lastCompletedStartedEventId: 0,
      cancelRequested: false,
      memo: {},
      searchAttributes: {},
      stateTransitions: 0,
      resetPoints: [],
    });
  });

  it('has what it was started with', () => {
    const started = {
      workflowRunTimeout: seconds(2),
      firstWorkflowTaskBackoff: seconds(3),
      workflowExecutionExpirationTime: seconds(60),
      memo: {fields: {b: {}}},
      searchAttributes: {indexedFields: {c: {}}},
      prevAutoResetPoints: {points: [{buildId: 'old'}]},
    };
    const run = createRun(newRun('a', 'first', started), 1000);
    expect(run).toMatchObject({
      runExpiresAt: 6000,
      executionExpiresAt: 60_000,
      firstWorkflowTaskAt: 4000,
      memo: {b: {}},
      searchAttributes: {c: {}},
      resetPoints: [{buildId: 'old'}],
    });
    expect(executionOf(run)).toEqual({workflowId: 'a', runId: 'first'});
  });

  it('is held by its parent', () => {
    const run = createRun({...newRun('a', 'first'), heldByParent: true}, 1000);
    expect(run.firstWorkflowTaskAt).toBe(Number.POSITIVE_INFINITY);
  });
});

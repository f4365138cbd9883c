import {describe, expect, it} from 'vitest';
import type {Change} from '../../../source/server/run/change.ts';
import {childClosed, childRefused, childStarted, initiateChild} from '../../../source/server/run/child.ts';
import {Scene} from './scene.ts';

const attributes = {
  namespace: 'elsewhere',
  namespaceId: 'elsewhere-id',
  workflowId: 'child',
  workflowType: {name: 'type'},
  header: {fields: {}},
  control: 'control',
  workflowTaskCompletedEventId: 4 as never,
};

// Another change in the same transaction: nothing has been brought about yet.
function initiated(then: (change: Change) => void): Scene {
  return new Scene().start().work((change) => {
    initiateChild(change, attributes, null);
    change.consequences.length = 0;
    change.needsWorkflowTask = false;
    then(change);
  });
}

const started = (then: (change: Change) => void) =>
  initiated((change) => {
    childStarted(change, 5);
    then(change);
  });

describe('a child', () => {
  it('is wanted, with a run id of its own', () => {
    const scene = new Scene().start();
    scene.poll().change((change) => {
      initiateChild(change, attributes, {summary: null});
      expect(change.consequences).toEqual([{kind: 'startChild', initiatedEventId: 4}]);
      expect(change.run.children.get(4)).toMatchObject({
        state: 'initiated',
        initiatedEventId: 4,
        attributes,
        userMetadata: {summary: null},
        startedEventId: 0,
        runId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      });
      change.consequences.length = 0;
    });
  });

  it('that started tells its parent', () => {
    const scene = started((change) => expect(change.needsWorkflowTask).toBe(true));
    expect(scene.lines(6).map(withoutRunId)).toMatchInlineSnapshot(`
      [
        "6 +0 childWorkflowExecutionStarted {namespace: "elsewhere", namespaceId: "elsewhere-id", initiatedEventId: 5, workflowExecution: {workflowId: "child", runId: "…"}, workflowType: {name: "type"}, header: {fields: {}}}",
        "7 +0 workflowTaskScheduled {taskQueue: {name: "queue", kind: 1}, startToCloseTimeout: {seconds: 10, nanos: 0}, attempt: 1}",
      ]
    `);
    expect(scene.run.children.get(5)).toMatchObject({state: 'started', startedEventId: 6});
  });

  it('whose id is taken tells its parent', () => {
    const scene = initiated((change) => {
      childRefused(change, 5);
      expect(change.needsWorkflowTask).toBe(true);
    });
    expect(scene.lines(6)).toMatchInlineSnapshot(`
      [
        "6 +0 startChildWorkflowExecutionFailed {namespace: "elsewhere", namespaceId: "elsewhere-id", workflowId: "child", workflowType: {name: "type"}, cause: 1, control: "control", initiatedEventId: 5, workflowTaskCompletedEventId: 4}",
        "7 +0 workflowTaskScheduled {taskQueue: {name: "queue", kind: 1}, startToCloseTimeout: {seconds: 10, nanos: 0}, attempt: 1}",
      ]
    `);
    expect(scene.run.children.size).toBe(0);
  });

  it.each([
    ['Completed', {workflowExecutionCompletedEventAttributes: {result: {payloads: []}}}],
    ['Completed', {workflowExecutionCompletedEventAttributes: {}}],
    ['Failed', {workflowExecutionFailedEventAttributes: {failure: {message: 'broken'}, retryState: 3}}],
    ['Failed', {workflowExecutionFailedEventAttributes: {}}],
    ['Canceled', {workflowExecutionCanceledEventAttributes: {details: {payloads: []}}}],
    ['TimedOut', {workflowExecutionTimedOutEventAttributes: {retryState: 5}}],
    ['TimedOut', {workflowExecutionTimedOutEventAttributes: {}}],
    ['Terminated', {workflowExecutionTerminatedEventAttributes: {}}],
  ])('that is %s tells its parent', (outcome, event) => {
    const scene = started((change) => {
      change.needsWorkflowTask = false;
      childClosed(change, 5, 'last-run', event as never);
      expect(change.needsWorkflowTask).toBe(true);
    });
    const [attributesOf] = Object.values(event);
    const [line] = scene.lines(7);
    expect(line).toMatch(`childWorkflowExecution${outcome} {namespace: "elsewhere"`);
    expect(line).toContain('workflowExecution: {workflowId: "child", runId: "last-run"}');
    expect(line).toContain('initiatedEventId: 5, startedEventId: 6');
    for (const [name, value] of Object.entries(attributesOf ?? {})) {
      const last = scene.run.history.at(-2) as Record<string, object | undefined>;
      expect(last[`childWorkflowExecution${outcome}EventAttributes`]).toHaveProperty(name, value);
    }
    expect(scene.run.children.size).toBe(0);
  });

  it('that is not there cannot be told of', () => {
    expect(() => initiated((change) => childStarted(change, 9))).toThrow('run first has no pending child 9');
  });

  it('that runs cannot be refused', () => {
    const refuse = (change: Change) => childRefused(change, 5);
    expect(() => started(refuse)).toThrow(/^child 5 of run first: refuse is not allowed when started$/);
  });

  it('tells all that its parent asked for', () => {
    const scene = started((change) => childClosed(change, 5, 'last-run', {}));
    expect(scene.run.history.at(6)?.childWorkflowExecutionTerminatedEventAttributes).toEqual({
      namespace: 'elsewhere',
      namespaceId: 'elsewhere-id',
      workflowExecution: {workflowId: 'child', runId: 'last-run'},
      workflowType: {name: 'type'},
      initiatedEventId: 5,
      startedEventId: 6,
    });
  });

  it('that did not start cannot close', () => {
    const close = (change: Change) => childClosed(change, 5, 'run', {});
    expect(() => initiated(close)).toThrow(/^child 5 of run first: close is not allowed when initiated$/);
  });
});

const withoutRunId = (line: string) => line.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, '…');

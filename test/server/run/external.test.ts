import {describe, expect, it} from 'vitest';
import {externalReached, initiateCancel, initiateSignal} from '../../../source/server/run/external.ts';
import {Scene} from './scene.ts';

const namespace = 'namespace: "default", namespaceId: "default-id"';
const other = 'workflowExecution: {workflowId: "other", runId: "run"}';
const nobody = 'workflowExecution: {workflowId: "", runId: ""}';

const kinds = {
  signal: {
    initiate: initiateSignal,
    command: {
      execution: {workflowId: 'other', runId: 'run'},
      signalName: 'name',
      input: {payloads: []},
      control: 'control',
      childWorkflowOnly: true,
      header: {fields: {}},
    },
    initiated: `signalExternalWorkflowExecutionInitiated {workflowTaskCompletedEventId: 4, ${namespace}, ${other}, control: "control", childWorkflowOnly: true, signalName: "name", input: {payloads: []}, header: {fields: {}}}`,
    empty: `signalExternalWorkflowExecutionInitiated {workflowTaskCompletedEventId: 4, ${namespace}, ${nobody}, control: "", childWorkflowOnly: false, signalName: ""}`,
    reached: `externalWorkflowExecutionSignaled {initiatedEventId: 5, ${namespace}, ${other}, control: "control"}`,
    emptyReached: `externalWorkflowExecutionSignaled {initiatedEventId: 5, ${namespace}, ${nobody}, control: ""}`,
    failed: 'signalExternalWorkflowExecutionFailed',
  },
  cancel: {
    initiate: initiateCancel,
    command: {
      workflowId: 'other',
      runId: 'run',
      control: 'control',
      childWorkflowOnly: true,
      reason: 'why',
    },
    initiated: `requestCancelExternalWorkflowExecutionInitiated {workflowTaskCompletedEventId: 4, ${namespace}, ${other}, control: "control", childWorkflowOnly: true, reason: "why"}`,
    empty: `requestCancelExternalWorkflowExecutionInitiated {workflowTaskCompletedEventId: 4, ${namespace}, ${nobody}, control: "", childWorkflowOnly: false, reason: ""}`,
    reached: `externalWorkflowExecutionCancelRequested {initiatedEventId: 5, ${namespace}, ${other}}`,
    emptyReached: `externalWorkflowExecutionCancelRequested {initiatedEventId: 5, ${namespace}, ${nobody}}`,
    failed: 'requestCancelExternalWorkflowExecutionFailed',
  },
};

describe.each(['signal', 'cancel'] as const)('a %s on its way', (kind) => {
  const {initiate, command, initiated, empty, reached, emptyReached, failed} = kinds[kind];

  function setOut(given: object, isReached?: boolean): Scene {
    return new Scene().start().work((change, completedEventId) => {
      initiate(change, given, completedEventId, {summary: null});
      expect(change.consequences).toEqual([{kind: 'reachExternal', initiatedEventId: 5}]);
      change.consequences.length = 0;
      expect(change.needsWorkflowTask).toBe(false);
      const external = change.run.externals.get(5);
      expect(external).toMatchObject({kind, initiatedEventId: 5});
      if (isReached === undefined || !external) return;
      externalReached(change, external, isReached);
      expect(change.needsWorkflowTask).toBe(true);
      expect(change.run.externals.size).toBe(0);
    });
  }

  it('is written down', () => {
    expect(setOut(command).lines(5)).toEqual([`5 +0 ${initiated}`]);
    expect(setOut(command).run.history.at(-1)?.userMetadata).toEqual({summary: null});
  });

  it('is for the run’s own namespace where none is named', () => {
    expect(setOut({}).lines(5)).toEqual([`5 +0 ${empty}`]);
    expect(setOut({namespace: 'elsewhere'}).lines(5)[0]).toContain('namespace: "elsewhere"');
  });

  it('is told of when it was reached', () => {
    expect(setOut(command, true).lines(6)[0]).toBe(`6 +0 ${reached}`);
    expect(setOut({}, true).lines(6)[0]).toBe(`6 +0 ${emptyReached}`);
  });

  it('is told of when nobody was there', () => {
    const rest = 'workflowTaskCompletedEventId: 4, cause: 1}';
    const common = `6 +0 ${failed} {initiatedEventId: 5, ${namespace}`;
    expect(setOut(command, false).lines(6)[0]).toBe(`${common}, ${other}, control: "control", ${rest}`);
    expect(setOut({}, false).lines(6)[0]).toBe(`${common}, ${nobody}, control: "", ${rest}`);
  });
});

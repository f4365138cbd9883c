import {describe, expect, it} from 'vitest';
import {externalReached, initiateCancel, initiateSignal} from '../../../source/server/run/external.ts';
import {Scene} from './scene.ts';

const signal = {
  execution: {workflowId: 'other', runId: 'run'},
  signalName: 'name',
  input: {payloads: []},
  control: 'control',
  childWorkflowOnly: true,
  header: {fields: {}},
};
const cancel = {
  workflowId: 'other',
  runId: 'run',
  control: 'control',
  childWorkflowOnly: true,
  reason: 'why',
};

describe.each(['signal', 'cancel'] as const)('a %s on its way', (kind) => {
  function initiated(command?: object, reached?: boolean): Scene {
    return new Scene().start().work((change, completedEventId) => {
      if (kind === 'signal') initiateSignal(change, command ?? signal, completedEventId, {summary: null});
      else initiateCancel(change, command ?? cancel, completedEventId, {summary: null});
      expect(change.consequences).toEqual([{kind: 'reachExternal', initiatedEventId: 5}]);
      change.consequences.length = 0;
      expect(change.needsWorkflowTask).toBe(false);
      const external = change.run.externals.get(5);
      expect(external).toMatchObject({kind, initiatedEventId: 5});
      if (reached === undefined || !external) return;
      externalReached(change, external, reached);
      expect(change.needsWorkflowTask).toBe(true);
      expect(change.run.externals.size).toBe(0);
    });
  }

  it('is written down', () => {
    expect(initiated().lines(5)).toMatchSnapshot();
    expect(initiated().run.history.at(-1)?.userMetadata).toEqual({summary: null});
  });

  it('is for the run’s own namespace where none is named', () => {
    expect(initiated({}).lines(5)).toMatchSnapshot();
  });

  it.each([true, false])('is told of when it was reached: %s', (reached) => {
    expect(initiated(undefined, reached).lines(6)).toMatchSnapshot();
    expect(initiated({}, reached).lines(6)).toMatchSnapshot();
  });
});

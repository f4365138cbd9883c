import {describe, expect, it} from 'vitest';
import {
  activityMachine,
  allows,
  childMachine,
  move,
  type StateMachine,
  updateMachine,
  workflowTaskMachine,
} from '../../../source/server/run/transitions.ts';

type AnyMachine = StateMachine<string, string>;

const machines = [
  workflowTaskMachine,
  activityMachine,
  childMachine,
  updateMachine,
] as unknown as AnyMachine[];

/** All that is allowed: `state action state`. */
const allowed: Record<string, string[]> = {
  'workflow task': [
    'scheduled start started',
    'scheduled timeOut closed',
    'scheduled drop closed',
    'started complete closed',
    'started fail closed',
    'started timeOut closed',
    'started drop closed',
  ],
  activity: [
    'scheduled start started',
    'scheduled cancel closed',
    'scheduled timeOut closed',
    'started complete closed',
    'started fail closed',
    'started cancel closed',
    'started timeOut closed',
    'started retry backingOff',
    'backingOff wake scheduled',
    'backingOff cancel closed',
    'backingOff timeOut closed',
  ],
  child: ['initiated start started', 'initiated refuse closed', 'started close closed'],
  update: [
    'admitted send sent',
    'admitted reject completed',
    'admitted abort aborted',
    'sent send sent',
    'sent resend admitted',
    'sent accept accepted',
    'sent reject completed',
    'sent abort aborted',
    'accepted complete completed',
  ],
};

describe.each(machines)('the machine of $entity', (machine) => {
  const states = Object.keys(machine.transitions);
  const actions = [...new Set(states.flatMap((state) => Object.keys(machine.transitions[state] ?? {})))];
  const subject = {run: {runId: 'run'}, id: 7};

  it('allows these transitions and no others', () => {
    const found = states.flatMap((state) =>
      actions.flatMap((action) => {
        const target = {state, note: ''};
        if (!allows(machine, state, action)) {
          expect(() => move(machine, subject, target, action, {note: 'changed'})).toThrow(
            `${machine.entity} 7 of run run: ${action} is not allowed when ${state}`,
          );
          expect(target).toEqual({state, note: ''});
          return [];
        }
        move(machine, subject, target, action, {note: 'changed'});
        expect(target.note).toBe('changed');
        return `${state} ${action} ${target.state}`;
      }),
    );
    expect(found.sort()).toEqual(allowed[machine.entity]?.toSorted());
  });
});

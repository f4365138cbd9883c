/** For every state of an entity, the actions it allows and the states they lead to. */
type Transitions<State extends string, Action extends string> = Readonly<
  Record<State, Readonly<Partial<Record<Action, State>>>>
>;

/** One kind of entity: what it is called and how it moves. */
export interface StateMachine<State extends string, Action extends string> {
  readonly entity: string;
  readonly transitions: Transitions<State, Action>;
}

/** @returns whether the action is allowed in the state */
export function allows<State extends string, Action extends string>(
  {transitions}: StateMachine<State, Action>,
  state: State,
  action: Action,
): boolean {
  return transitions[state][action] !== undefined;
}

/**
 * Moves an entity to the state that an action leads to, together with the fields that the action sets.
 *
 * @param subject which entity of which run, for the error
 * @throws TypeError where the machine has no such transition: the caller should have asked `allows` first
 */
export function move<State extends string, Action extends string, Entity extends {state: State}>(
  {entity, transitions}: StateMachine<State, Action>,
  subject: {readonly run: {readonly runId: string}; readonly id: number | string},
  target: Entity,
  action: Action,
  fields?: Partial<Entity>,
): void {
  const state = transitions[target.state][action];
  if (state === undefined) {
    const {run, id} = subject;
    throw new TypeError(`${entity} ${id} of run ${run.runId}: ${action} is not allowed when ${target.state}`);
  }
  Object.assign(target, fields, {state});
}

/** A workflow task: waiting for a worker, with one, or done with, however it ended. */
export type WorkflowTaskState = 'scheduled' | 'started' | 'closed';
/** What can happen to a workflow task. `drop` leaves no trace: only speculative tasks may. */
export type WorkflowTaskAction = 'start' | 'complete' | 'fail' | 'timeOut' | 'drop';
export const workflowTaskMachine: StateMachine<WorkflowTaskState, WorkflowTaskAction> = {
  entity: 'workflow task',
  transitions: {
    scheduled: {start: 'started', timeOut: 'closed', drop: 'closed'},
    started: {complete: 'closed', fail: 'closed', timeOut: 'closed', drop: 'closed'},
    closed: {},
  },
};

/** An activity: waiting for a worker, with one, waiting for its next attempt, or done with. */
export type ActivityState = 'scheduled' | 'started' | 'backingOff' | 'closed';
/** What can happen to an activity. Only a started one can be retried: the other timeouts are final. */
export type ActivityAction = 'start' | 'complete' | 'fail' | 'cancel' | 'timeOut' | 'retry' | 'wake';
export const activityMachine: StateMachine<ActivityState, ActivityAction> = {
  entity: 'activity',
  transitions: {
    scheduled: {start: 'started', cancel: 'closed', timeOut: 'closed'},
    started: {complete: 'closed', fail: 'closed', cancel: 'closed', timeOut: 'closed', retry: 'backingOff'},
    backingOff: {wake: 'scheduled', cancel: 'closed', timeOut: 'closed'},
    closed: {},
  },
};

/** A child: wanted, running, or done with. */
export type ChildState = 'initiated' | 'started' | 'closed';
/** What can happen to a child. `refuse`: its workflow id is taken. */
export type ChildAction = 'start' | 'refuse' | 'close';
export const childMachine: StateMachine<ChildState, ChildAction> = {
  entity: 'child',
  transitions: {
    initiated: {start: 'started', refuse: 'closed'},
    started: {close: 'closed'},
    closed: {},
  },
};

/** An update: waiting for a worker, with one, accepted by the workflow, answered, or given up. */
export type UpdateState = 'admitted' | 'sent' | 'accepted' | 'completed' | 'aborted';
/** What can happen to an update. `resend`: the workflow task that carried it failed; `answer`: the run closed over it. */
export type UpdateAction = 'send' | 'resend' | 'accept' | 'complete' | 'reject' | 'abort';
export const updateMachine: StateMachine<UpdateState, UpdateAction> = {
  entity: 'update',
  transitions: {
    admitted: {send: 'sent', reject: 'completed', abort: 'aborted'},
    sent: {send: 'sent', resend: 'admitted', accept: 'accepted', reject: 'completed', abort: 'aborted'},
    accepted: {complete: 'completed'},
    completed: {},
    aborted: {},
  },
};

/** For every state of an entity, the actions it allows and the states they lead to. */
export type Transitions<State extends string, Action extends string> = Readonly<
  Record<State, Readonly<Partial<Record<Action, State>>>>
>;

/** @returns whether the action is allowed in the state */
export function allows<State extends string, Action extends string>(
  table: Transitions<State, Action>,
  state: State,
  action: Action,
): boolean {
  return table[state][action] !== undefined;
}

/**
 * @returns the state that the action leads to
 * @throws TypeError where the table has no such transition: the caller should have asked `allows` first
 */
export function next<State extends string, Action extends string>(
  table: Transitions<State, Action>,
  state: State,
  action: Action,
): State {
  const target = table[state][action];
  if (target === undefined) throw new TypeError(`${action} is not allowed when ${state}`);
  return target;
}

/** A workflow task: waiting for a worker, with one, or done with, however it ended. */
export type WorkflowTaskState = 'scheduled' | 'started' | 'closed';
/** `drop` leaves no trace: only speculative tasks may. */
export const workflowTaskTransitions: Transitions<
  WorkflowTaskState,
  'start' | 'complete' | 'fail' | 'timeOut' | 'drop'
> = {
  scheduled: {start: 'started', timeOut: 'closed', drop: 'closed'},
  started: {complete: 'closed', fail: 'closed', timeOut: 'closed', drop: 'closed'},
  closed: {},
};

/** An activity: waiting for a worker, with one, waiting for its next attempt, or done with. */
export type ActivityState = 'scheduled' | 'started' | 'backingOff' | 'closed';
/** Only a started activity can be retried: the other timeouts are final. */
export const activityTransitions: Transitions<
  ActivityState,
  'start' | 'complete' | 'fail' | 'cancel' | 'timeOut' | 'retry' | 'wake'
> = {
  scheduled: {start: 'started', cancel: 'closed', timeOut: 'closed'},
  started: {complete: 'closed', fail: 'closed', cancel: 'closed', timeOut: 'closed', retry: 'backingOff'},
  backingOff: {wake: 'scheduled', cancel: 'closed', timeOut: 'closed'},
  closed: {},
};

/** A child: wanted, running, or done with. */
export type ChildState = 'initiated' | 'started' | 'closed';
/** `refuse`: its workflow id is taken. */
export const childTransitions: Transitions<ChildState, 'start' | 'refuse' | 'close'> = {
  initiated: {start: 'started', refuse: 'closed'},
  started: {close: 'closed'},
  closed: {},
};

/** An update: waiting for a worker, with one, accepted by the workflow, answered, or given up. */
export type UpdateState = 'admitted' | 'sent' | 'accepted' | 'completed' | 'aborted';
/** `resend`: the workflow task that carried it failed. */
export const updateTransitions: Transitions<
  UpdateState,
  'send' | 'resend' | 'accept' | 'complete' | 'reject' | 'abort'
> = {
  admitted: {send: 'sent', reject: 'completed', abort: 'aborted'},
  sent: {send: 'sent', resend: 'admitted', accept: 'accepted', reject: 'completed', abort: 'aborted'},
  accepted: {complete: 'completed', abort: 'aborted'},
  completed: {},
  aborted: {},
};

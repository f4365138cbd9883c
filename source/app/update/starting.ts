import type {ServerFacts, StartStep} from '../../runtime/connection.ts';
import type {StartRequest} from '../../session/session.ts';
import type {Command} from '../state/message.ts';
import type {AppState, Step} from '../state/state.ts';
import {type Next, next, tell} from './next.ts';

/** Waits longer before each try in a row, up to half a minute. */
export function retryDelay(restarts: number): number {
  return Math.min(30_000, restarts === 0 ? 0 : 500 * 2 ** (restarts - 1));
}

/** A step of starting has begun or ended. */
export function step(state: AppState, {name, state: stage}: StartStep, now: number): Next {
  const {connection} = state;
  const open: Step = {name, startTime: now, failed: false};
  const steps =
    stage === 'started'
      ? [...connection.steps.filter((other) => other.name !== name), open]
      : connection.steps.map((other) =>
          other.name === name ? ended(other, stage === 'failed', now) : other,
        );
  return next(state, {connection: {...connection, steps}, now});
}

function ended(step: Step, failed: boolean, now: number): Step {
  return {...step, endTime: now, failed};
}

/** Server and worker are there: what was entered meanwhile starts, and runs that were followed are followed again. */
export function connected(state: AppState, facts: ServerFacts, now: number): Next {
  const {message: _message, outage: _outage, ...connection} = state.connection;
  const attach = state.runs
    .filter(({state: runState}) => runState === 'open')
    .map(({workflowId}): Command => ({type: 'attach', workflowId}));
  const ready: AppState = {
    ...state,
    now,
    connection: {...connection, phase: 'ready', facts, restarts: 0},
    waiting: state.waiting.map((waiting) => ({...waiting, sent: true})),
  };
  const starts = state.waiting.map(({id, request}): Command => ({type: 'start', id, request}));
  return [ready, [...attach, ...starts]];
}

/** Starting did not work out: says why, and tries again after a while. */
export function connectFailed(state: AppState, text: string): Next {
  const restarts = state.connection.restarts + 1;
  const connection = {...state.connection, phase: 'failed' as const, message: text, restarts};
  return next(state, {connection}, {type: 'connect', delay: retryDelay(restarts)});
}

/** Server or worker died: says so and starts them again. */
export function lost(state: AppState, text: string): Next {
  const restarts = state.connection.restarts + 1;
  const {outage: _outage, ...known} = state.connection;
  const connection = {...known, phase: 'lost' as const, steps: [], message: text, restarts};
  const waiting = state.waiting.map((start) => ({...start, sent: false}));
  const remaining = state.connection.facts?.lasting ? state : withoutServer(state);
  const left: AppState = {...remaining, connection, waiting, pending: new Map()};
  const [told] = tell(left, `${text.replace(/\.$/, '')}; starting again`, 'bad');
  return [told, [{type: 'connect', delay: retryDelay(restarts - 1)}]];
}

/** What a server that does not last has heard of runs and of a conversation is gone with it. */
function withoutServer({conversation: _, ...state}: AppState): AppState {
  const runs = state.runs.map((run) => (run.state === 'open' ? {...run, state: 'lost' as const} : run));
  return {...state, runs};
}

/** A prompt goes on with the conversation; scenarios and programs stand for themselves. */
function continued({conversation}: AppState, {prompt, scenario}: StartRequest): Partial<StartRequest> {
  const goesOn = conversation !== undefined && prompt !== undefined && scenario === undefined;
  return goesOn ? {continues: conversation} : {};
}

/** Starts a run now, or as soon as there is a server. */
export function start(state: AppState, request: StartRequest): Next {
  const id = state.nextStart;
  const sent = state.connection.phase === 'ready';
  const model = state.model === undefined ? {} : {model: state.model};
  const complete = {...model, ...continued(state, request), ...request};
  return next(
    state,
    {nextStart: id + 1, waiting: [...state.waiting, {id, request: complete, sent}]},
    ...(sent ? [{type: 'start', id, request: complete} as const] : []),
  );
}

import type {HistoryEvent} from '../../source/history/event.ts';
import type {Connection, StartStep} from '../../source/runtime/connection.ts';
import type {RunResult, SessionUpdate, StartRequest} from '../../source/session/session.ts';
import {canceled, childFailure, failures, programWithSubagent, rootId} from '../history/families.ts';

/** Plays recorded histories instead of running anything: a session for tests of the app alone. */
export interface RecordedConnection extends Connection {
  readonly requests: StartRequest[];
  readonly canceled: string[];
  /** Hands an update to the app. */
  emit(update: SessionUpdate): void;
  /** Server and worker die. */
  die(message: string): void;
  closed: boolean;
}

/** The server that the app is told it runs on. */
export const facts = {
  server: 'embedded',
  address: '127.0.0.1:52113',
  namespace: 'default',
  taskQueue: 'durable-agents',
  model: 'scripted',
  lasting: false,
} as const;

/** The scenarios that the recordings stand for. */
export const scenarios = [
  {name: 'direct', title: 'Three tool turns', shows: 'each tool call is an activity'},
  {name: 'ptc', title: 'A program with a tool and a subagent', shows: 'a program has no event of its own'},
  {name: 'retry', title: 'A transient failure', shows: 'Temporal retries it: attempt 3'},
  {name: 'child-failure', title: 'A subagent fails', shows: 'its cause reaches the parent'},
  {name: 'cancel-direct', title: 'A slow tool', shows: 'cancelling reaches it at once'},
];

const recordings: Record<string, () => HistoryEvent[]> = {
  ptc: programWithSubagent,
  retry: failures,
  'child-failure': childFailure,
  // Without its end: it waits to be canceled.
  'cancel-direct': () => canceled().slice(0, -5),
};

/** Milliseconds between two events of a run. */
export interface Pace {
  pace: number;
}

export function recordedConnection({pace}: Pace = {pace: 0}): RecordedConnection {
  const listeners = new Set<(updates: readonly SessionUpdate[]) => void>();
  const lost = Promise.withResolvers<string>();
  const timers = new Set<NodeJS.Timeout>();
  const emit = (update: SessionUpdate): void => {
    for (const listener of listeners) listener([update]);
  };
  let count = 0;

  const play = async (workflowId: string, recording: readonly HistoryEvent[]): Promise<void> => {
    for (const event of recording) {
      if (pace > 0) await new Promise((resolve) => timers.add(setTimeout(resolve, pace)));
      emit({type: 'events', workflowId: event.workflowId, events: [{...event, time: Date.now()}]});
    }
    const result = resultOf(recording, workflowId);
    if (result) emit({type: 'closed', workflowId, result});
  };

  const session: Connection['session'] = {
    async start(request) {
      connection.requests.push(request);
      const workflowId = `agent-${String(++count).padStart(8, '0')}`;
      const recording = (recordings[request.scenario ?? 'ptc'] ?? programWithSubagent)();
      const renamed = JSON.parse(JSON.stringify(recording).replaceAll(rootId, workflowId)) as HistoryEvent[];
      setTimeout(() => void play(workflowId, renamed), 1);
      return {workflowId, runId: `run-of-${workflowId}`};
    },
    async attach(workflowId) {
      return {workflowId, runId: `run-of-${workflowId}`, taskQueue: 'durable-agents', isOpen: true};
    },
    async cancel(workflowId) {
      connection.canceled.push(workflowId);
      const ending = canceled()
        .slice(-5)
        .map((event) => ({...event, workflowId, runId: `run-of-${workflowId}`}));
      void play(workflowId, ending);
    },
    async list() {
      const startTime = Date.now() - 60_000;
      const run = {runId: 'r', startTime, taskQueue: 'durable-agents'};
      return [
        {...run, workflowId: 'agent-aaaaaaaa', status: 'running'},
        {...run, workflowId: 'agent-bbbbbbbb', status: 'failed', endTime: startTime + 1200},
      ];
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async historyJson() {
      return '{}';
    },
    async close() {},
  };

  const connection: RecordedConnection = {
    session,
    facts,
    lost: lost.promise,
    saveHistories: async (workflowIds) => workflowIds.map((id) => `${encodeURIComponent(id)}.json`),
    async close() {
      connection.closed = true;
      for (const timer of timers) clearTimeout(timer);
    },
    requests: [],
    canceled: [],
    emit,
    die: lost.resolve,
    closed: false,
  };
  return connection;
}

/** Connects at once, or after some time for each step. */
export function connectTo(connection: Connection, stepTime = 0) {
  return async (onStep: (step: StartStep) => void): Promise<Connection> => {
    for (const name of ['server', 'worker']) {
      onStep({name, state: 'started'});
      if (stepTime > 0) await new Promise((resolve) => setTimeout(resolve, stepTime));
      onStep({name, state: 'done'});
    }
    return connection;
  };
}

function resultOf(recording: readonly HistoryEvent[], workflowId: string): RunResult | undefined {
  const closing = recording.findLast((event) => event.workflowId === workflowId)?.eventType;
  const status = {
    WorkflowExecutionCompleted: 'completed',
    WorkflowExecutionFailed: 'failed',
    WorkflowExecutionCanceled: 'canceled',
  } as const;
  return closing && closing in status ? {status: status[closing as keyof typeof status]} : undefined;
}

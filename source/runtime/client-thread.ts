import {Worker} from 'node:worker_threads';
import type {SessionUpdate} from '../session/session.ts';
import type {
  AppThreadMessage,
  AppThreadMethod,
  AppThreadRequest,
  AppThreadTask,
} from './client-thread-messages.ts';
import {
  type AppSession,
  type Connect,
  type Connection,
  ConnectRefused,
  type ServerFacts,
  type StartStep,
} from './connection.ts';

/** Milliseconds that server and worker get to end in good order. */
const closeTime = 4000;

/** Connects by a thread of its own, which starts server and worker and holds the session. */
export function connectByThread(task: AppThreadTask, onLog: (text: string) => void): Connect {
  return async (onStep) => {
    const thread = openThread(task, onStep, onLog);
    const facts = await thread.opened;
    return thread.connection(facts);
  };
}

interface AppThread {
  /** Rejects where nothing could be opened. */
  readonly opened: Promise<ServerFacts>;
  connection(facts: ServerFacts): Connection;
}

function openThread(
  task: AppThreadTask,
  onStep: (step: StartStep) => void,
  onLog: (text: string) => void,
): AppThread {
  const worker = new Worker(new URL('./client-thread-main.js', import.meta.url), {
    workerData: task,
    stdout: true,
    stderr: true,
  });
  const tell = (request: AppThreadRequest): void => worker.postMessage(request);
  const opened = Promise.withResolvers<ServerFacts>();
  const lost = Promise.withResolvers<string>();
  const calls = new Map<number, PromiseWithResolvers<unknown>>();
  const listeners = new Set<(updates: readonly SessionUpdate[]) => void>();
  const end = (message: string, isUsage = false): void => {
    opened.reject(isUsage ? new ConnectRefused(message) : new Error(message));
    lost.resolve(message);
    for (const call of calls.values()) call.reject(new Error(message));
    calls.clear();
  };
  const take = (updates: readonly SessionUpdate[]): void => {
    for (const listener of listeners) listener(updates);
    setImmediate(tell, {type: 'more'} satisfies AppThreadRequest);
  };
  const settle = (id: number, finish: (call: PromiseWithResolvers<unknown>) => void): void => {
    const call = calls.get(id);
    calls.delete(id);
    if (call) finish(call);
  };
  worker.on('message', (message: AppThreadMessage) => {
    if (message.type === 'step') onStep(message.step);
    else if (message.type === 'opened') opened.resolve(message.facts);
    else if (message.type === 'failed') end(message.message, message.isUsage);
    else if (message.type === 'updates') take(message.updates);
    else if (message.type === 'returned') settle(message.id, (call) => call.resolve(message.value));
    else if (message.type === 'threw') settle(message.id, (call) => call.reject(new Error(message.message)));
    else onLog(message.text);
  });
  worker.on('error', (error) => end(error.message.split('\n')[0] as string));
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  exited.then(() => end('the connection to the server ended'));
  const call = (method: AppThreadMethod, ...values: unknown[]): Promise<never> => {
    const id = nextId++;
    const answer = Promise.withResolvers<unknown>();
    calls.set(id, answer);
    tell({type: 'call', id, method, values});
    return answer.promise as Promise<never>;
  };
  let nextId = 1;
  const close = async (): Promise<void> => {
    tell({type: 'close'});
    const patience = setTimeout(() => void worker.terminate(), closeTime);
    await exited;
    clearTimeout(patience);
  };
  opened.promise.catch(close);
  return {
    opened: opened.promise,
    connection: (facts) => ({
      facts,
      session: sessionOf(call, listeners, close),
      lost: lost.promise,
      saveHistories: (workflowIds) => call('saveHistories', workflowIds),
      close,
    }),
  };
}

/** A session whose every method runs in the thread. */
function sessionOf(
  call: (method: AppThreadMethod, ...values: unknown[]) => Promise<never>,
  listeners: Set<(updates: readonly SessionUpdate[]) => void>,
  close: () => Promise<void>,
): AppSession {
  return {
    start: (request) => call('start', request),
    attach: (workflowId) => call('attach', workflowId),
    cancel: (workflowId) => call('cancel', workflowId),
    list: (limit) => call('list', limit),
    historyJson: (workflowId) => call('historyJson', workflowId),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close,
  };
}

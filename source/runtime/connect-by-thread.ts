import {Worker} from 'node:worker_threads';
import {AgentDefinitionError} from '../../activities/agent-definition-error.ts';
import {UsageError} from '../errors.ts';
import type {ClientThread, ClientThreadTask} from './client-thread.ts';
import {type Connect, type Connection, ConnectRefused, type StartStep} from './connection.ts';
import {closing} from './deadlines.ts';
import {portToThread} from './port.ts';
import {type Remote, remote} from './wire.ts';
import type {WireReply, WireRequest} from './wire-messages.ts';

/** Connects by a thread of its own, which starts server and worker and holds the session. */
export function connectByThread(task: ClientThreadTask): Connect {
  return async (onStep) => {
    const {client, lost, close} = startThread(task);
    try {
      const facts = await whileTelling('server', onStep, client.facts);
      if (task.config.worker) await whileTelling('worker', onStep, client.workerReady);
      return {facts, session: client, lost, saveHistories: client.saveHistories, close};
    } catch (error) {
      void close();
      throw isRefusal(error) ? new ConnectRefused(error.message) : error;
    }
  };
}

interface StartedThread extends Pick<Connection, 'lost' | 'close'> {
  client: Remote<ClientThread>;
}

function startThread(task: ClientThreadTask): StartedThread {
  const thread = new Worker(new URL('./client-thread-main.js', import.meta.url), {
    workerData: task,
    stdout: true,
    stderr: true,
  });
  const lost = Promise.withResolvers<string>();
  const port = portToThread<WireRequest, WireReply>(thread, 'the connection to the server ended');
  const client = remote<ClientThread>(port, ({message}) => lost.resolve(message));
  const exited = new Promise((resolve) => thread.once('exit', resolve));
  return {
    client,
    lost: lost.promise,
    async close() {
      const terminate = () => void thread.terminate();
      const timer = setTimeout(terminate, closing.thread);
      // Where nothing was opened, nothing needs to be closed in order.
      await client.close().catch(terminate);
      await exited;
      clearTimeout(timer);
    },
  };
}

/** A step that fails stays where it is: whoever connects is told why. */
async function whileTelling<Result>(
  name: string,
  onStep: (step: StartStep) => void,
  step: () => Promise<Result>,
): Promise<Result> {
  onStep({name, state: 'started'});
  const result = await step();
  onStep({name, state: 'done'});
  return result;
}

/** Trying again would not help. */
function isRefusal(error: unknown): error is Error {
  return error instanceof UsageError || error instanceof AgentDefinitionError;
}

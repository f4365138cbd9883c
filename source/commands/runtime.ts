import {assembleAgent} from '../agent/assemble.ts';
import type {AgentDefinition} from '../agent/define-agent.ts';
import {checkModels, modelKeysIn} from '../agent/model-access.ts';
import {type BackendChoice, chooseBackend} from '../backend/choose.ts';
import type {ServerConnection} from '../backend/connection.ts';
import {machineFacts} from '../backend/machine.ts';
import {type Config, taskQueueFor} from '../config.ts';
import type {WorkerTask} from '../host/messages.ts';
import {type Host, startHost} from '../host/start-host.ts';
import type {Session} from '../session/session.ts';

/** Server, worker and session of one command. */
export interface Runtime {
  choice: BackendChoice;
  server: ServerConnection;
  webUrl?: string;
  taskQueue: string;
  agent: AgentDefinition;
  session: Session;
  /** Resolves once the worker polls; at once without a worker. Rejects where it cannot start. */
  workerReady: Promise<void>;
  /** Rejects when the worker cannot start, or its process dies. */
  workerFailed: Promise<never>;
  /** Kills the worker's process, as a crash would. Only with a worker in a process of its own. */
  killWorker(): void;
  /** Starts another worker. */
  startWorker(): Promise<string>;
  close(): Promise<void>;
}

/** How a command wants its runtime. */
export interface RuntimeOptions {
  environment: NodeJS.ProcessEnv;
  pace: number;
  /** Server and worker in two processes, so that the worker can be killed alone. */
  separateWorker?: boolean;
  onLog(text: string): void;
}

/**
 * Chooses and opens a server, starts a worker and connects a session.
 *
 * @throws CommandError, UsageError or AgentDefinitionError with one line for people; nothing is left running then
 */
export async function openRuntime(config: Config, options: RuntimeOptions): Promise<Runtime> {
  const agent = await assembleAgent(config.agent);
  checkModels(agent, modelKeysIn(process.cwd(), options.environment));
  const choice = await chooseBackend(config.server, machineFacts(options.environment));
  const taskQueue = taskQueueFor(config.taskQueue, choice);
  const worker: WorkerTask = {
    agent: config.agent,
    taskQueue,
    sandbox: config.sandbox,
    pace: options.pace,
    logLevel: config.logLevel,
  };
  const together = config.worker && !options.separateWorker;
  const hosts: Host[] = [startHost({backend: choice, ...(together && {worker})}, options)];
  try {
    return await connect(config, options, {agent, choice, taskQueue, worker, hosts, together});
  } catch (error) {
    await Promise.all(hosts.map((host) => host.shutdown()));
    throw error;
  }
}

interface Parts {
  agent: AgentDefinition;
  choice: BackendChoice;
  taskQueue: string;
  worker: WorkerTask;
  hosts: Host[];
  together: boolean;
}

async function connect(config: Config, options: RuntimeOptions, parts: Parts): Promise<Runtime> {
  const {agent, choice, taskQueue, hosts, together} = parts;
  const [first] = hosts as [Host];
  // The client loads while the host starts.
  const {openSession} = await import('../session/open-session.ts');
  const {connection: server, webUrl} = await first.server;
  const session = await openSession({server, agent, taskQueue});
  const startWorker = async () => {
    const host = startHost(
      {backend: {kind: 'existing', why: 'ours', connection: server}, worker: parts.worker},
      options,
    );
    hosts.push(host);
    return host.worker;
  };
  if (config.worker && !together) await startWorker();
  return {
    choice,
    server,
    ...(webUrl !== undefined && {webUrl}),
    taskQueue,
    agent,
    session,
    workerReady: together ? first.worker.then(() => undefined) : Promise.resolve(),
    workerFailed: together ? first.failed : new Promise<never>(() => undefined),
    killWorker: () => hosts.at(-1)?.kill(),
    startWorker,
    async close() {
      await session.close();
      await Promise.all(hosts.map((host) => host.shutdown()));
    },
  };
}

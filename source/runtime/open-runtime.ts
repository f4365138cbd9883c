import {type AgentChoice, assembleAgent} from '../agent/assemble.ts';
import type {AgentDefinition} from '../agent/define-agent.ts';
import {checkModels, modelKeysIn} from '../agent/model-access.ts';
import {type BackendChoice, chooseBackend} from '../backend/choose.ts';
import type {ServerConnection} from '../backend/connection.ts';
import {machineFacts} from '../backend/machine.ts';
import {type Config, taskQueueFor} from '../config.ts';
import type {Session} from '../session/session.ts';
import type {Terminal} from '../terminal/terminal.ts';
import {type Fleet, openFleet, type WorkerProcess} from './fleet.ts';
import type {WorkerTask} from './host/host-process.ts';
import type {Trouble} from './host/host-watch.ts';
import {type Host, startHost} from './host/start-host.ts';
import {interruptingSession} from './interrupting-session.ts';
import {ownServerGone} from './own-server.ts';

/** Server, workers and session of one command. */
export interface Runtime {
  choice: BackendChoice;
  server: ServerConnection;
  webUrl?: string;
  taskQueue: string;
  agent: AgentDefinition;
  session: Session;
  /** Resolves once the first worker polls; at once without a worker. Rejects where it cannot start. */
  workerReady: Promise<void>;
  /**
   * Rejects when the worker cannot start, or its process dies (of several, when the last one has died), or when a server
   * of our own is gone.
   */
  workerFailed: Promise<never>;
  /** Workers in processes of their own, oldest first. */
  workers(): readonly WorkerProcess[];
  /**
   * Starts another worker in a process of its own.
   *
   * @param taskQueue the runtime's own where absent
   */
  startWorker(taskQueue?: string): Promise<WorkerProcess>;
  close(): Promise<void>;
}

/** How a command wants its runtime. */
export interface RuntimeOptions {
  environment: NodeJS.ProcessEnv;
  pace: number;
  /** How many workers get processes of their own, so that each can be killed alone; one beside the server if absent. */
  separateWorkers?: number;
  /** Server and worker yield to this process where the machine is busy. */
  background?: boolean;
  /** What the client asks for where it is not what the flags say. */
  adjust?(agent: AgentDefinition, server: ServerConnection): AgentDefinition;
  /** The terminal's, where this thread is the one that hears signals. */
  whileLoading?: Terminal['whileLoading'];
  /** Receives what a person should know while server and workers go on. */
  onTrouble?(trouble: Trouble): void;
  onLog(text: string): void;
}

/**
 * Chooses and opens a server, starts workers and connects a session.
 *
 * @throws CommandError, UsageError or AgentDefinitionError with one line for people; nothing is left running then
 */
export async function openRuntime(config: Config, options: RuntimeOptions): Promise<Runtime> {
  const choice = await chooseBackend(config.server, machineFacts(options.environment));
  const worker: WorkerTask = {
    agent: config.agent,
    taskQueue: taskQueueFor(config.taskQueue, choice, options.environment),
    sandbox: config.sandbox,
    pace: options.pace,
    logLevel: config.logLevel,
  };
  const together = config.worker && options.separateWorkers === undefined;
  const host = startHost({backend: choice, ...(together && {worker})}, options);
  const separate = config.worker ? (options.separateWorkers ?? 0) : 0;
  try {
    // The host loads meanwhile.
    const agent = await usableAgent(config.agent, options);
    return await connect({agent, choice, worker, host, together, separate}, options);
  } catch (error) {
    host.kill();
    await host.exited;
    throw error;
  }
}

/**
 * The agent of a command, once it is known that its models can be asked.
 *
 * @throws AgentDefinitionError
 */
export async function usableAgent(
  choice: AgentChoice,
  {environment, whileLoading = (load) => load()}: Pick<RuntimeOptions, 'environment' | 'whileLoading'>,
): Promise<AgentDefinition> {
  const isOurs = choice.agentModule === undefined && choice.capabilityModules.length === 0;
  const agent = await (isOurs ? assembleAgent(choice) : whileLoading(() => assembleAgent(choice)));
  checkModels(agent, modelKeysIn(process.cwd(), environment));
  return agent;
}

interface Parts {
  agent: AgentDefinition;
  choice: BackendChoice;
  worker: WorkerTask;
  /** Runs the server, and the worker where they are together. */
  host: Host;
  together: boolean;
  separate: number;
}

async function connect(parts: Parts, options: RuntimeOptions): Promise<Runtime> {
  const {choice, host, worker, together, separate} = parts;
  // The client loads while the host starts.
  const {openSession} = await import('../session/open-session.ts');
  const {connection: server, webUrl} = await host.server;
  const agent = options.adjust?.(parts.agent, server) ?? parts.agent;
  const {taskQueue} = worker;
  const fleet = openFleet(server, options);
  const startWorker = (queue = taskQueue) => fleet.start({...worker, taskQueue: queue});
  const session = interruptingSession(await openSession({server, agent, taskQueue}), {
    taskQueue,
    ...((together || separate > 0) && {startWorker}),
  });
  const close = () => closeAll(session, fleet, host);
  await Promise.all(Array.from({length: separate}, () => startWorker())).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return {
    choice,
    server,
    ...(webUrl !== undefined && {webUrl}),
    taskQueue,
    agent,
    session,
    workerReady: together ? polls(host) : Promise.resolve(),
    workerFailed: eitherFails(
      host.failed,
      ...(together ? [] : [fleet.failed]),
      // The embedded one ends with its host, and only then.
      ...(choice.kind === 'dev-server' ? [ownServerGone(session)] : []),
    ),
    workers: fleet.workers,
    startWorker,
    close,
  };
}

function polls(host: Host): Promise<void> {
  const ready = host.worker.then(() => undefined);
  // Whoever awaits it sees the failure; a command may end before anybody does.
  ready.catch(() => undefined);
  return ready;
}

function eitherFails(...failures: Promise<never>[]): Promise<never> {
  const first = Promise.race(failures);
  // Whoever awaits it sees the failure.
  first.catch(() => undefined);
  return first;
}

async function closeAll(session: Session, fleet: Fleet, host: Host): Promise<void> {
  await session.close();
  await fleet.close();
  await host.shutdown();
}

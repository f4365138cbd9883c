import {capabilitiesOf} from '../agent/define-agent.ts';
import {type BackendChoice, chooseBackend} from '../backend/choose.ts';
import {machineFacts} from '../backend/machine.ts';
import {type RunningContext, success, withoutStarting} from '../command.ts';
import {taskQueueFor} from '../config.ts';
import {CommandError} from '../errors.ts';
import {closing, shutdownTime} from '../runtime/deadlines.ts';
import type {HostTask} from '../runtime/host/host-process.ts';
import {type Host, startHost} from '../runtime/host/start-host.ts';
import {usableAgent} from '../runtime/open-runtime.ts';
import {prepareSandbox} from '../runtime/sandbox-files.ts';

type Context = RunningContext<'worker'>;

/**
 * `worker`: runs a worker until a signal comes, then drains it. It runs in a process of its own, so that whatever a tool
 * does to it, this process hears signals and ends it.
 *
 * @throws CommandError where the server does not answer, AgentDefinitionError where the agent cannot be used
 */
export async function worker(context: Context): Promise<number> {
  const {config, terminal} = context;
  const agent = await usableAgent(config.agent, terminal);
  const choice = await findServer(context);
  await prepareSandbox(config.sandbox);
  const task = taskFor(context, choice);
  const host = startHost(task, {
    onLog: terminal.error,
    onTrouble: ({words}) => context.printer.warning(words),
  });
  try {
    const identity = await host.worker;
    const names = capabilitiesOf(agent).map(({name}) => name);
    return await runUntilSignal(context, host, {task, choice, identity, capabilities: names});
  } finally {
    host.kill();
  }
}

type ExistingServer = BackendChoice & {kind: 'existing'};
type WorkerHostTask = HostTask & Required<Pick<HostTask, 'worker'>>;

interface Polling {
  task: WorkerHostTask;
  choice: ExistingServer;
  identity: string;
  capabilities: string[];
}

async function runUntilSignal(
  {terminal, printer}: Context,
  host: Host,
  {task, choice, identity, capabilities}: Polling,
): Promise<number> {
  const stopped = Promise.withResolvers<void>();
  terminal.onFirstInterrupt(() => void host.shutdown().then(stopped.resolve), {
    patience: shutdownTime(task.worker.grace) + closing.lastingWorker,
  });
  const {address, namespace} = choice.connection;
  const {taskQueue} = task.worker;
  printer.note(
    {type: 'worker', identity, taskQueue, address, namespace, capabilities},
    `Worker ${identity} polls ${taskQueue} on ${address}, ${namespace}: ${capabilities.join(', ')}`,
  );
  await Promise.race([stopped.promise, host.failed]);
  printer.note({type: 'result', status: 'completed', identity}, `Worker ${identity} has stopped.`);
  return terminal.exitCodeOfSignal() ?? success;
}

function taskFor({config, terminal}: Context, choice: ExistingServer): WorkerHostTask {
  const {agent, sandbox, pace = 0, logLevel} = config;
  const taskQueue = taskQueueFor(config.taskQueue, choice, terminal.environment);
  return {
    backend: choice,
    worker: {agent, taskQueue, sandbox, pace, logLevel, grace: closing.toolsOfLastingWorker},
  };
}

async function findServer({config, terminal}: Context): Promise<ExistingServer> {
  const choice = await chooseBackend(withoutStarting(config).server, machineFacts(terminal.environment));
  if (choice.kind !== 'existing') throw new CommandError('A worker needs a server: give its --address.');
  return choice;
}

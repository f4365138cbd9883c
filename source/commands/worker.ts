import {capabilitiesOf} from '../agent/define-agent.ts';
import {chooseBackend} from '../backend/choose.ts';
import type {ServerConnection} from '../backend/connection.ts';
import {machineFacts} from '../backend/machine.ts';
import {CommandError} from '../command-line/usage-error.ts';
import {taskQueueFor} from '../config.ts';
import {usableAgent} from './runtime.ts';
import {prepareSandbox} from './sandbox-files.ts';
import {type CommandContext, success, withoutStarting} from './subcommand.ts';
import type {Terminal} from './terminal.ts';

/** How long tools in flight have to finish once the worker is to stop. Milliseconds. */
const grace = 10_000;

/** From SIGTERM on: the grace time, and a little for what settles after it. */
const patience = grace + 4000;

/**
 * `worker`: runs a worker in this process until a signal comes, then drains it.
 *
 * @throws CommandError where the server does not answer, AgentDefinitionError where the agent cannot be used
 */
export async function worker({config, terminal, printer}: CommandContext): Promise<number> {
  const agent = await usableAgent(config.agent, terminal.environment);
  const {server, taskQueue} = await findServer(withoutStarting(config), terminal);
  await prepareSandbox(config.sandbox);
  const {installRuntime} = await import('../host/install-runtime.ts');
  const {startWorker} = await import('../host/worker.ts');
  installRuntime(config.logLevel);
  const {sandbox, pace = 0, logLevel} = config;
  const running = await startWorker(server, {
    agent: config.agent,
    taskQueue,
    sandbox,
    pace,
    logLevel,
    grace,
  });
  terminal.onFirstInterrupt(() => void running.shutdown(), {patience});
  const {identity} = running;
  const {address, namespace} = server;
  const capabilities = capabilitiesOf(agent).map(({name}) => name);
  printer.note(
    {type: 'worker', identity, taskQueue, address, namespace, capabilities},
    `Worker ${identity} polls ${taskQueue} on ${address}, ${namespace}: ${capabilities.join(', ')}`,
  );
  await running.done;
  printer.note({type: 'result', status: 'completed', identity}, `Worker ${identity} has stopped.`);
  return terminal.exitCodeOfSignal() ?? success;
}

async function findServer(
  config: CommandContext['config'],
  {environment}: Terminal,
): Promise<{server: ServerConnection; taskQueue: string}> {
  const choice = await chooseBackend(config.server, machineFacts(environment));
  if (choice.kind !== 'existing') throw new CommandError('A worker needs a server: give its --address.');
  return {server: choice.connection, taskQueue: taskQueueFor(config.taskQueue, choice)};
}

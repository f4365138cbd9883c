import {randomBytes} from 'node:crypto';
import type {RunContext} from '../command.ts';
import type {Config} from '../config.ts';
import {openRuntime, type Runtime, type RuntimeOptions} from './open-runtime.ts';
import {prepareSandbox} from './sandbox-files.ts';

/** A runtime with workers in processes of their own, on a queue that nobody else's worker polls. */
export interface FleetRuntime extends Runtime {
  /** Marks this command's files and queue: other runs may have left theirs in the same sandbox. */
  mark: string;
}

/**
 * Opens the server that the flags choose, with several workers.
 *
 * @throws as `openRuntime`
 */
export async function openFleetRuntime(
  {config, terminal, printer}: RunContext,
  options: {workers: number} & Partial<Pick<RuntimeOptions, 'pace' | 'adjust'>>,
): Promise<FleetRuntime> {
  const mark = randomBytes(4).toString('hex');
  await prepareSandbox(config.sandbox);
  const {workers, pace = config.pace ?? 0, adjust} = options;
  const runtime = await openRuntime(onOwnQueue(config, mark), {
    environment: terminal.environment,
    whileLoading: terminal.whileLoading,
    pace,
    separateWorkers: workers,
    onLog: terminal.log,
    onTrouble: ({words}) => printer.warning(words),
    ...(adjust && {adjust}),
  });
  return {...runtime, mark};
}

function onOwnQueue(config: Config, mark: string): Config {
  return {...config, taskQueue: config.taskQueue ?? `durable-agents-${mark}`};
}

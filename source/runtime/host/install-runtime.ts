import {DefaultLogger, Runtime} from '@temporalio/worker';

/**
 * Settles, before the first worker of a process, what the SDK writes to standard error and that signals are ours.
 *
 * @param logLevel `error`, `warn`, `info` or `debug`
 */
export function installRuntime(logLevel: string): void {
  Runtime.install({
    shutdownSignals: [],
    logger: new DefaultLogger(logLevel.toUpperCase() as 'ERROR' | 'WARN' | 'INFO' | 'DEBUG'),
    // Core would else write to the terminal by itself.
    telemetryOptions: {logging: {filter: {core: 'ERROR', other: 'ERROR'}, forward: {}}},
  });
}

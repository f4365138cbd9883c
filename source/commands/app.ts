import {join} from 'node:path';
import {listSandbox} from '../../activities/sandbox-listing.ts';
import {homeFolder} from '../backend/user.ts';
import type {CommandContext} from '../command.ts';
import {readConfig} from '../config.ts';
import {UsageError} from '../errors.ts';
import {connectByThread} from '../runtime/connect-by-thread.ts';
import {ConnectRefused} from '../runtime/connection.ts';
import {scenarios} from '../scenarios/index.ts';
import {obstacleToApp} from '../terminal/abilities.ts';

/**
 * Opens the terminal app.
 *
 * @returns the exit code
 * @throws UsageError where it cannot open, or what was asked for cannot be used; the terminal has been restored then
 */
export async function openApp({flags, terminal}: CommandContext<'run'>): Promise<number> {
  const {environment} = terminal;
  checkTerminal(environment);
  const config = await readConfig(flags, environment);
  // React's development build is three times slower.
  process.env.NODE_ENV ??= 'production';
  const {runApp} = await import('../app/shell/run-app.tsx');
  const code = await runApp({
    connect: connectByThread({config, environment: {...environment}}),
    scenarios: scenarios.map(({name, title, shows}) => ({name, title, shows})),
    sandbox: config.sandbox,
    listSandbox: () => listSandbox(config.sandbox),
    ...stateFolder(environment),
    stdin: process.stdin,
    stdout: process.stdout,
    environment,
    onInterrupt: terminal.onFirstInterrupt,
  }).catch((error: unknown) => {
    throw error instanceof ConnectRefused ? new UsageError(error.message) : error;
  });
  return terminal.exitCodeOfSignal() ?? code;
}

function checkTerminal(environment: NodeJS.ProcessEnv): void {
  const obstacle = obstacleToApp({stdin: process.stdin, stdout: process.stdout, environment});
  if (obstacle === undefined) return;
  throw new UsageError(
    `What should run? The app cannot open, since ${obstacle}. Give a prompt: durable-tui "write a note". durable-tui --help shows more.`,
  );
}

/** Where the prompts are kept: as the XDG base directory specification has it. */
function stateFolder(environment: NodeJS.ProcessEnv): {stateFolder?: string} {
  const home = homeFolder(environment);
  const states = environment.XDG_STATE_HOME || (home && join(home, '.local', 'state'));
  return states ? {stateFolder: join(states, 'durable-tui')} : {};
}

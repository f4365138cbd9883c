import {hostname} from 'node:os';
import {resolve} from 'node:path';
import type {AgentChoice} from './agent/assemble.ts';
import type {BackendChoice, ServerWish} from './backend/choose.ts';
import {readServerSettings} from './backend/existing-settings.ts';
import {userName} from './backend/user.ts';
import {type FlagValues, wantsJson} from './command-line/flag-values.ts';
import type {FlagsOf} from './command-line/invocation.ts';
import {UsageError} from './errors.ts';

/** Everything that flags, environment and Temporal's config file say; read once. */
export interface Config {
  server: ServerWish;
  agent: AgentChoice;
  /** False with `--no-worker`. */
  worker: boolean;
  /** Absolute path. */
  sandbox: string;
  taskQueue?: string;
  /** Milliseconds; undefined where the command chooses. */
  pace?: number;
  /** Absolute path. */
  saveHistory?: string;
  logLevel: string;
}

/**
 * Reads the configuration: a run takes every flag that it depends on.
 *
 * @throws UsageError where flags contradict each other or a file that they name cannot be read
 */
export async function readConfig(flags: FlagsOf<'run'>, environment: NodeJS.ProcessEnv): Promise<Config> {
  if (flags.quiet && wantsJson(flags)) {
    throw new UsageError('--quiet prints only the answer, JSON lines tell everything. Give one of them.');
  }
  if (flags.taskQueue !== undefined) checkTaskQueue(flags.taskQueue);
  return {
    server: await readServerWish(flags, environment),
    agent: agentChoice(flags),
    worker: flags.worker,
    sandbox: resolve(flags.sandbox ?? '.demo-sandbox'),
    ...(flags.taskQueue !== undefined && {taskQueue: flags.taskQueue}),
    ...(flags.pace !== undefined && {pace: flags.pace}),
    ...(flags.saveHistory !== undefined && {saveHistory: resolve(flags.saveHistory)}),
    logLevel: flags.logLevel ?? (flags.debug ? 'info' : 'error'),
  };
}

/** A worker whose queue the server refuses would poll in vain, without a word. */
function checkTaskQueue(name: string): void {
  if (Buffer.byteLength(name) <= longestQueueName && !name.startsWith('/_sys/')) return;
  throw new UsageError(
    `--task-queue takes a name of at most ${longestQueueName} bytes that does not begin with /_sys/.`,
  );
}

/** What Temporal's server takes unless it is configured otherwise. Bytes. */
const longestQueueName = 1000;

/** Which agent the flags name. */
export function agentChoice({
  agent,
  capability,
  model,
}: Pick<FlagValues, 'agent' | 'capability' | 'model'>): AgentChoice {
  return {
    capabilityModules: capability,
    ...(agent !== undefined && {agentModule: agent}),
    ...(model !== undefined && {model}),
  };
}

async function readServerWish(flags: FlagsOf<'run'>, environment: NodeJS.ProcessEnv): Promise<ServerWish> {
  const inProcess = flags.inProcess ?? false;
  if (inProcess && !flags.worker) {
    throw new UsageError(
      '--no-worker needs a server that has workers: the embedded one has no other than ours.',
    );
  }
  if (inProcess && flags.address !== undefined) {
    throw new UsageError('--in-process and --address name two servers. Give one of them.');
  }
  const {existing, namespace = flags.namespace ?? 'default'} = inProcess
    ? {}
    : await readServerSettings(flags, environment);
  return {
    inProcess,
    mayStart: flags.startDevServer,
    namespace,
    ...(existing && {existing}),
    ...(flags.port !== undefined && {port: flags.port}),
    ...(flags.uiPort !== undefined && {uiPort: flags.uiPort}),
    ...(flags.uiUrl !== undefined && {uiUrl: flags.uiUrl}),
  };
}

/**
 * The task queue of a command: `--task-queue`, else one for everybody on a server that we started, else one of the
 * user's own, so that nobody's run writes files on a colleague's laptop.
 */
export function taskQueueFor(
  wished: string | undefined,
  choice: BackendChoice,
  environment: NodeJS.ProcessEnv,
): string {
  if (wished !== undefined) return wished;
  return choice.kind === 'existing'
    ? `durable-agents-${userName(environment)}-${hostname()}`
    : 'durable-agents';
}

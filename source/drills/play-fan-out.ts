import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {listSandbox} from '../../activities/sandbox-listing.ts';
import type {RunContext} from '../command.ts';
import {type FinishedRun, followRun, type RunListener} from '../runtime/follow-run.ts';
import type {Runtime} from '../runtime/open-runtime.ts';
import type {FanOut} from '../scenarios/fan-out.ts';
import type {FanOutRun} from './family-report.ts';
import {placementOf} from './placement.ts';

/** A fan-out that has run, with its histories. */
export type PlayedFanOut = FanOutRun & {run: FinishedRun};

/**
 * Runs a fan-out to its end; the first Ctrl+C cancels it.
 *
 * @throws CommandError where no worker is left or the run cannot be followed
 */
export async function playFanOut(
  runtime: Runtime,
  {config, terminal}: RunContext,
  fanOut: FanOut,
  listener: RunListener = {},
): Promise<PlayedFanOut> {
  const {session} = runtime;
  const request = {model: 'scripted:fan-out', prompt: JSON.stringify(fanOut)};
  const run = await followRun(runtime, () => session.start(request), {
    ...listener,
    started(started) {
      listener.started?.(started);
      terminal.onFirstInterrupt(() => void session.cancel(started.workflowId).catch(() => undefined));
    },
  });
  const {status, answer} = run.result;
  return {
    fanOut,
    status,
    ...(answer !== undefined && {answer}),
    files: await readFolder(config.sandbox, fanOut.folder),
    placement: placementOf(run.forest),
    run,
  };
}

/** Contents by path, relative to the sandbox, of the files below one of its folders. */
async function readFolder(sandbox: string, folder: string): Promise<Record<string, string>> {
  const paths = await listSandbox(sandbox, folder);
  const contents = await Promise.all(paths.map((path) => readFile(join(sandbox, path), 'utf8')));
  return Object.fromEntries(paths.map((path, index) => [path, contents[index] as string]));
}

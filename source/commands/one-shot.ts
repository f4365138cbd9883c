import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {Config} from '../config.ts';
import {emptyForest, foldEvents} from '../history/fold.ts';
import type {RunForest} from '../history/run-tree.ts';
import type {Printer} from '../output/printer.ts';
import {checkScenario} from '../scenarios/check.ts';
import type {Interruption, Scenario} from '../scenarios/scenario.ts';
import type {RunResult, SessionUpdate, StartRequest} from '../session/session.ts';
import {openRuntime, type Runtime} from './runtime.ts';
import {changedFiles, prepareSandbox, snapshotSandbox} from './sandbox-files.ts';
import {saveHistories} from './save-histories.ts';
import type {Terminal} from './terminal.ts';

/** What a one-shot command runs. */
export interface OneShot {
  request: StartRequest;
  /** Present where the run must end as a scenario declares. */
  scenario?: Scenario;
}

const success = 0;
const failure = 1;

/**
 * Runs one prompt, scenario or program, prints what happens and what came of it, and leaves nothing running.
 *
 * @returns the exit code
 * @throws errors with one line for people where it does not come to a run
 */
export async function runOnce(
  config: Config,
  {request, scenario}: OneShot,
  terminal: Terminal,
  printer: Printer,
): Promise<number> {
  await prepareSandbox(config.sandbox);
  const before = await snapshotSandbox(config.sandbox);
  const runtime = await openRuntime(config, {
    environment: terminal.environment,
    pace: config.pace ?? 0,
    separateWorker: scenario?.interruption?.action === 'kill-worker',
    onLog: terminal.log,
  });
  try {
    const run = await follow(runtime, request, scenario, terminal, printer);
    const files = await changedFiles(config.sandbox, before);
    const remarks = scenario ? await scenarioRemarks(scenario, run, config.sandbox, files) : [];
    const saved =
      config.saveHistory === undefined
        ? []
        : await saveHistories(runtime.session, run.forest.runs.keys(), config.saveHistory);
    printer.result({...run, files, remarks: [...remarks, ...savedRemark(saved)]});
    return terminal.exitCodeOfSignal() ?? (endedWell(run.result, scenario, remarks) ? success : failure);
  } finally {
    await runtime.close();
  }
}

interface FinishedRun {
  workflowId: string;
  result: RunResult;
  forest: RunForest;
}

function endedWell(result: RunResult, scenario: Scenario | undefined, remarks: readonly string[]): boolean {
  return scenario ? remarks.length === 0 : result.status === 'completed';
}

async function follow(
  runtime: Runtime,
  request: StartRequest,
  scenario: Scenario | undefined,
  terminal: Terminal,
  printer: Printer,
): Promise<FinishedRun> {
  let forest = emptyForest;
  const closed = Promise.withResolvers<RunResult>();
  const interrupt = scenario?.interruption && interruptOnce(scenario.interruption, runtime);
  runtime.session.subscribe((update) => {
    if (update.type === 'events') {
      forest = foldEvents(forest, update.events);
      for (const event of update.events) printer.event(event, forest);
    } else if (update.type === 'closed') closed.resolve(update.result);
    else if (update.type === 'unfollowable') closed.reject(new Error(update.message));
    interrupt?.(update);
  });
  const {choice, server, taskQueue, webUrl} = runtime;
  const run = await runtime.session.start(request);
  printer.run(run, {
    kind: choice.kind,
    address: server.address,
    why: choice.why,
    taskQueue,
    ...(webUrl !== undefined && {webUrl}),
  });
  terminal.onFirstInterrupt(() => void runtime.session.cancel(run.workflowId).catch(closed.reject));
  const result = await Promise.race([closed.promise, runtime.workerFailed]);
  return {workflowId: run.workflowId, result, forest};
}

/** Does what a scenario does to its run from outside, once, as soon as its activity is running. */
function interruptOnce({action, once}: Interruption, runtime: Runtime): (update: SessionUpdate) => void {
  let done = false;
  return (update) => {
    if (done || update.type !== 'pending') return;
    const [root = ''] = update.workflowId.split('/');
    const running = update.pending.some(
      ({activityId, state}) => activityId === once.activityId && state === 'started',
    );
    if (!running || update.workflowId !== root + once.workflow) return;
    done = true;
    void (action === 'cancel' ? runtime.session.cancel(root) : replaceWorker(runtime));
  };
}

async function replaceWorker(runtime: Runtime): Promise<void> {
  runtime.killWorker();
  await runtime.startWorker();
}

async function scenarioRemarks(
  scenario: Scenario,
  run: FinishedRun,
  sandbox: string,
  paths: readonly string[],
): Promise<string[]> {
  const contents = await Promise.all(paths.map((path) => readFile(join(sandbox, path), 'utf8')));
  const files = Object.fromEntries(paths.map((path, index) => [path, contents[index] as string]));
  return checkScenario(scenario, {...run, files});
}

function savedRemark(saved: readonly string[]): string[] {
  return saved.length === 0
    ? []
    : [`Saved ${saved.length === 1 ? 'one history' : `${saved.length} histories`}: ${saved.join(' ')}`];
}

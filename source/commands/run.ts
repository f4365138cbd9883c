import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {type CommandContext, failure, success} from '../command.ts';
import {type Config, readConfig} from '../config.ts';
import type {Printer} from '../output/printer.ts';
import {type FinishedRun, followRun, isAnswered, type RunListener} from '../runtime/follow-run.ts';
import {openRuntime, type Runtime} from '../runtime/open-runtime.ts';
import {type OneShot, requestFrom} from '../runtime/request.ts';
import {changedFiles, prepareSandbox, snapshotSandbox} from '../runtime/sandbox-files.ts';
import {prepareHistories, saveIfAsked} from '../runtime/save-histories.ts';
import {serverLine} from '../runtime/server-line.ts';
import {checkScenario} from '../scenarios/check.ts';
import type {Scenario} from '../scenarios/scenario.ts';
import type {RunReference} from '../session/session.ts';
import type {Terminal} from '../terminal/terminal.ts';

/**
 * `run "<prompt>"`, and what names no command: runs one prompt, scenario or program, prints what happens and what came of
 * it, and leaves nothing running. Where nothing is asked for it opens the app.
 *
 * @throws errors with one line for people where it does not come to a run
 */
export async function run(context: CommandContext<'run'>): Promise<number> {
  const {flags, terminal, printer} = context;
  const request = await requestFrom(context, terminal);
  if (request) return runOnce(await readConfig(flags, terminal.environment), request, terminal, printer);
  const {openApp} = await import('./app.ts');
  return openApp(context);
}

async function runOnce(
  config: Config,
  oneShot: OneShot,
  terminal: Terminal,
  printer: Printer,
): Promise<number> {
  await prepareSandbox(config.sandbox);
  if (config.saveHistory !== undefined) await prepareHistories(config.saveHistory);
  const runtime = await openRuntime(config, {
    environment: terminal.environment,
    whileLoading: terminal.whileLoading,
    pace: config.pace ?? 0,
    onLog: terminal.log,
    onTrouble: ({words}) => printer.warning(words),
  });
  try {
    return await runAndPrint(runtime, config, oneShot, terminal, printer);
  } finally {
    await runtime.close();
  }
}

async function runAndPrint(
  runtime: Runtime,
  config: Config,
  {request, scenario}: OneShot,
  terminal: Terminal,
  printer: Printer,
): Promise<number> {
  const before = await snapshotSandbox(config.sandbox);
  const run = await followRun(
    runtime,
    () => runtime.session.start(request),
    listenerFor(runtime, config, terminal, printer),
  );
  const files = await changedFiles(config.sandbox, before);
  // Who stops a scenario knows that it did not end as declared.
  const isStopped = terminal.exitCodeOfSignal() !== undefined;
  const problems = scenario && !isStopped ? await scenarioProblems(scenario, run, config.sandbox, files) : [];
  const saved = await saveIfAsked(runtime.session, run.forest, config.saveHistory);
  printer.result({...run, files, remarks: [...problems, ...saved.remarks]});
  const endedWell = (scenario ? problems.length === 0 : isAnswered(run.result)) && saved.isWhole;
  return terminal.exitCodeOfSignal() ?? (endedWell ? success : failure);
}

function listenerFor(runtime: Runtime, config: Config, terminal: Terminal, printer: Printer): RunListener {
  return {
    started(run) {
      printer.run(run, serverLine(runtime));
      terminal.onFirstInterrupt(() => cancel(runtime, run, printer), {words: leftWords(runtime, run)});
    },
    event: printer.event,
    text: printer.text,
    outage: printer.warning,
    ...(terminal.isInteractive && {wait: printer.warning}),
    ...(!config.worker && {unpolled: printer.warning}),
  };
}

function cancel({session}: Runtime, {workflowId}: RunReference, printer: Printer): void {
  printer.warning(`Canceling ${workflowId}. Interrupt again to leave at once.`);
  // Where the request itself fails, the second Ctrl+C leaves.
  session.cancel(workflowId).catch(() => undefined);
}

/** What becomes of a run whose command leaves without waiting for its end. */
function leftWords({choice}: Runtime, {workflowId}: RunReference): string {
  return choice.kind === 'existing'
    ? `interrupted: ${workflowId} ends once a worker hears that it is canceled: durable-tui attach ${workflowId}`
    : `interrupted: ${workflowId} is lost with the server that this command started`;
}

async function scenarioProblems(
  scenario: Scenario,
  run: FinishedRun,
  sandbox: string,
  paths: readonly string[],
): Promise<string[]> {
  const contents = await Promise.all(paths.map((path) => readFile(join(sandbox, path), 'utf8')));
  const files = Object.fromEntries(paths.map((path, index) => [path, contents[index] as string]));
  return checkScenario(scenario, {...run, files});
}

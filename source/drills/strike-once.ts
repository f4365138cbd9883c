import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {rootWorkflowId} from '../../workflows/protocol/identity.ts';
import type {RunContext} from '../command.ts';
import {CommandError} from '../errors.ts';
import type {PendingActivity} from '../history/event.ts';
import {followRun} from '../runtime/follow-run.ts';
import type {Runtime} from '../runtime/open-runtime.ts';
import {serverLine} from '../runtime/server-line.ts';
import {type DrillTask, strikes} from '../scenarios/drill.ts';
import type {SessionUpdate} from '../session/session.ts';
import {type Kill, type KillReport, reportKill} from './kill-report.ts';

/**
 * Runs a drill's task, kills the worker that is in the midst of its step, and waits for the end of the run.
 *
 * @throws CommandError where the run was over before the worker could be killed
 */
export async function strikeOnce(
  runtime: Runtime,
  context: RunContext,
  task: DrillTask,
): Promise<KillReport> {
  const {config, printer, terminal} = context;
  const {session} = runtime;
  const strike = watchStrike(runtime, task);
  const unsubscribe = session.subscribe(strike.observe);
  const request = {model: 'scripted:drill', prompt: JSON.stringify(task)};
  const run = await followRun(runtime, () => session.start(request), {
    started(started) {
      printer.run(started, serverLine(runtime));
      terminal.onFirstInterrupt(() => void session.cancel(started.workflowId).catch(() => undefined));
    },
    event: printer.event,
  }).finally(unsubscribe);
  const kill = strike.kill();
  if (!kill)
    throw new CommandError(
      `The run ended before a worker could be killed: ${run.result.error ?? run.result.status}`,
    );
  const journal = await readFile(join(config.sandbox, task.journal), 'utf8').catch(() => '');
  return reportKill(kill, run.forest, journal, run.result.answer);
}

/** Kills the worker of the step that is to be struck, once, and notes when another worker has the step. */
function watchStrike(runtime: Runtime, {at}: DrillTask) {
  const {activityId, workflow} = strikes[at];
  let struck: {kill: Kill; time: number} | undefined;
  const seen = () => {
    if (struck) struck.kill.seconds ??= (performance.now() - struck.time) / 1000;
  };
  const strike = (workflowId: string, {worker = ''}: PendingActivity) => {
    const victim = runtime.workers().find(({identity}) => identity === worker);
    if (!victim) return;
    victim.kill();
    struck = {kill: {at, workflowId, activityId, before: worker}, time: performance.now()};
  };
  const observe = (update: SessionUpdate) => {
    if (update.type !== 'pending') return;
    const root = rootWorkflowId(update.workflowId);
    if (update.workflowId !== root + workflow) return;
    const step = update.pending.find((pending) => pending.activityId === activityId);
    if (!struck && step?.state === 'started') strike(update.workflowId, step);
    // Gone from the pending ones: it has ended before anybody looked.
    else if (struck && (!step || (step.state === 'started' && step.worker !== struck.kill.before))) seen();
  };
  return {observe, kill: () => struck?.kill};
}

import {failure, type RunningContext, success, withoutStarting} from '../command.ts';
import {followRun, isAnswered} from '../runtime/follow-run.ts';
import {openRuntime, type Runtime} from '../runtime/open-runtime.ts';
import {changedFiles, prepareSandbox, snapshotSandbox} from '../runtime/sandbox-files.ts';
import {saveIfAsked} from '../runtime/save-histories.ts';
import {serverLine} from '../runtime/server-line.ts';

type Context = RunningContext<'attach'>;

/**
 * `attach <workflow-id>`: follows a run that exists, from its first event on, with a worker for its own task queue.
 *
 * @throws CommandError where there is no such run
 */
export async function attach(context: Context): Promise<number> {
  const {config, terminal, printer} = context;
  await prepareSandbox(config.sandbox);
  const runtime = await openRuntime(withoutStarting({...config, worker: false}), {
    environment: terminal.environment,
    whileLoading: terminal.whileLoading,
    pace: config.pace ?? 0,
    separateWorkers: 0,
    onLog: terminal.log,
    onTrouble: ({words}) => printer.warning(words),
  });
  const left = Promise.withResolvers<number>();
  terminal.onFirstInterrupt(() => left.resolve(leave(context)));
  try {
    return await Promise.race([followAndPrint(runtime, context), left.promise]);
  } finally {
    await runtime.close();
  }
}

async function followAndPrint(runtime: Runtime, context: Context): Promise<number> {
  const {config, operands, printer} = context;
  const before = await snapshotSandbox(config.sandbox);
  const {attach: begin} = runtime.session;
  const run = await followRun(
    runtime,
    async () => {
      const found = await begin(operands[0]);
      printer.run(found, {...serverLine(runtime), taskQueue: found.taskQueue});
      // Where it cannot start, the runtime's failure says so.
      if (config.worker && found.isOpen) runtime.startWorker(found.taskQueue).catch(() => undefined);
      return found;
    },
    {
      event: printer.event,
      text: printer.text,
      outage: printer.warning,
      ...(context.terminal.isInteractive && {wait: printer.warning}),
      ...(!config.worker && {unpolled: printer.warning}),
    },
  );
  const files = await changedFiles(config.sandbox, before);
  const {remarks, isWhole} = await saveIfAsked(runtime.session, run.forest, config.saveHistory);
  printer.result({...run, files, remarks});
  return isAnswered(run.result) && isWhole ? success : failure;
}

function leave({operands, printer, terminal}: Context): number {
  const [workflowId] = operands;
  printer.note(
    {type: 'result', workflowId, status: 'running'},
    `Left ${workflowId}. It waits for a worker: durable-tui attach ${workflowId}`,
  );
  return terminal.exitCodeOfSignal() ?? failure;
}

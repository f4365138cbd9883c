import {failure, type RunningContext, success} from '../command.ts';
import {problemsOf} from '../drills/family-report.ts';
import type {Placement} from '../drills/placement.ts';
import {type PlayedFanOut, playFanOut} from '../drills/play-fan-out.ts';
import {type FleetRuntime, openFleetRuntime} from '../runtime/open-fleet-runtime.ts';
import {saveIfAsked} from '../runtime/save-histories.ts';
import {serverLine} from '../runtime/server-line.ts';

type Context = RunningContext<'migration-demo'>;

const defaultWorkers = 2;
const shape = {kind: 'ptc-mixed', spawns: 6, writes: 2} as const;

/** `migration-demo`: one run over several worker processes, and who did what of it. */
export async function migrationDemo(context: Context): Promise<number> {
  const {workers = defaultWorkers} = context.flags;
  const runtime = await openFleetRuntime(context, {workers});
  try {
    return await play(runtime, context);
  } finally {
    await runtime.close();
  }
}

async function play(runtime: FleetRuntime, context: Context): Promise<number> {
  const {config, printer, terminal} = context;
  const fanOut = {...shape, folder: `migration-demo/${runtime.mark}`};
  const played = await playFanOut(runtime, context, fanOut, {
    started: (run) => printer.run(run, serverLine(runtime)),
    event: printer.event,
  });
  const problems = problemsOf(played);
  const saved = await saveIfAsked(runtime.session, played.run.forest, config.saveHistory);
  const remarks = [...problems, ...placementWords(played.placement), ...saved.remarks];
  printer.result({...outcomeOf(played), remarks, workers: true});
  return terminal.exitCodeOfSignal() ?? (problems.length === 0 && saved.isWhole ? success : failure);
}

function outcomeOf({run, files}: PlayedFanOut) {
  return {...run, files: Object.keys(files).sort()};
}

function placementWords({workers, children, moved}: Placement): string[] {
  const count = `${moved.length} of ${children} subagents landed on another worker than their parent.`;
  return [
    `Workers of the run: ${workers.join(', ')}`,
    [count, ...moved.map(({workflowId, from, to}) => `  ${workflowId}  ${from} → ${to}`)].join('\n'),
    fairness,
  ];
}

/** Said wherever placements are counted. */
export const fairness =
  'Temporal does not promise fair dispatch: a task goes to whichever worker polls for it first.';

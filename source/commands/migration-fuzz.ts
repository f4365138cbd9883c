import {randomInt} from 'node:crypto';
import {failure, type RunningContext, success} from '../command.ts';
import {type FamilyReport, problemsOf, reportFamilies} from '../drills/family-report.ts';
import {type PlayedFanOut, playFanOut} from '../drills/play-fan-out.ts';
import {randomShapes, type Shape} from '../drills/random-shapes.ts';
import {tableLines} from '../output/table.ts';
import {type FleetRuntime, openFleetRuntime} from '../runtime/open-fleet-runtime.ts';
import {type FanOut, fanOutKinds} from '../scenarios/fan-out.ts';
import {fairness} from './migration-demo.ts';

type Context = RunningContext<'migration-fuzz'>;

const defaults = {iterations: 20, workers: 3, maxN: 5};
const largestSeed = 1_000_000;

/** `migration-fuzz`: random fan-outs over several worker processes, each checked, and where their subagents landed. */
export async function migrationFuzz(context: Context): Promise<number> {
  const {workers = defaults.workers, seed = randomInt(largestSeed)} = context.flags;
  const shapes = shapesOf(context.flags, seed);
  const runtime = await openFleetRuntime(context, {workers});
  try {
    const identities = runtime.workers().map(({identity}) => identity);
    context.printer.note(
      {type: 'fuzz', version: 1, seed, workers: identities, server: runtime.choice.kind},
      `${shapes.length} runs on ${runtime.choice.kind} ${runtime.server.address}, seed ${seed}, workers ${identities.join(', ')}`,
    );
    const runs = await playAll(runtime, context, shapes);
    return report(context, runs, shapes.length, seed);
  } finally {
    await runtime.close();
  }
}

function shapesOf({kind, iterations, maxN}: Context['flags'], seed: number): Shape[] {
  const kinds = kind === undefined ? fanOutKinds : [kind];
  const wish = {seed, count: iterations ?? defaults.iterations, most: maxN ?? defaults.maxN};
  return kinds.flatMap((family) => randomShapes(family, wish));
}

/** One after the other, until they are done or a signal comes. */
async function playAll(
  runtime: FleetRuntime,
  context: Context,
  shapes: readonly Shape[],
): Promise<PlayedFanOut[]> {
  const runs: PlayedFanOut[] = [];
  for (const [index, shape] of shapes.entries()) {
    if (context.terminal.exitCodeOfSignal() !== undefined) break;
    const fanOut: FanOut = {...shape, folder: `migration-fuzz/${runtime.mark}/${index + 1}`};
    const played = await playFanOut(runtime, context, fanOut);
    runs.push(played);
    tellProgress(context, played, {number: runs.length, of: shapes.length});
  }
  return runs;
}

function tellProgress(
  {printer}: Context,
  played: PlayedFanOut,
  {number, of}: {number: number; of: number},
): void {
  const {fanOut, placement, run} = played;
  const problems = problemsOf(played);
  const {kind, spawns, writes} = fanOut;
  const {workflowId} = run;
  const files = writes > 0 ? ` + ${writes} writes` : '';
  const verdict = problems.length === 0 ? '✓' : `✗ ${problems.join('; ')}`;
  printer.note(
    {
      type: 'iteration',
      number,
      of,
      kind,
      spawns,
      writes,
      workflowId,
      children: placement.children,
      moved: placement.moved.length,
      problems,
    },
    `${String(number).padStart(String(of).length)}/${of}  ${kind}  ${spawns} spawns${files}  ${placement.moved.length} elsewhere  ${verdict}`,
  );
}

function report(
  {printer, terminal}: Context,
  runs: readonly PlayedFanOut[],
  wanted: number,
  seed: number,
): number {
  const families = reportFamilies(runs);
  const allRight = runs.length === wanted && families.every(({right, runs: count}) => right === count);
  printer.note(
    {type: 'result', status: allRight ? 'completed' : 'failed', seed, families, note: fairness},
    ['', ...tableLines(familyRows(families)), '', verdictWords(runs.length, wanted, allRight), fairness].join(
      '\n',
    ),
  );
  return terminal.exitCodeOfSignal() ?? (allRight ? success : failure);
}

function familyRows(families: readonly FamilyReport[]): (string | number)[][] {
  return [
    ['family', 'runs', 'children', 'on another process', 'of the children', 'ended right'],
    ...families.map(({kind, runs, children, moved, movedPercent, right}) => [
      kind,
      runs,
      children,
      moved,
      `${movedPercent}%`,
      right,
    ]),
  ];
}

function verdictWords(played: number, wanted: number, allRight: boolean): string {
  if (allRight) return `Every run completed with the right files and value.`;
  return played < wanted
    ? `${played} of ${wanted} runs were played.`
    : 'Not every run completed with the right files and value: see ✗ above.';
}

import {runProgram} from '../../../workflows/interpreter/index.ts';
import {echoingHost} from './echoing-host.ts';
import {measure} from './measure.ts';
import {otherInterpreters} from './others.ts';
import {callPrograms, fiftyLines, type MeasuredProgram, measuredPrograms} from './programs.ts';
import {withSandbox} from './sandbox.ts';

/** Milliseconds that one run of a program took, by where it ran. */
export interface InterpreterTiming {
  program: string;
  target?: number;
  milliseconds: Record<string, number>;
}

const fifty: MeasuredProgram = {
  name: 'parse and start 50 lines, warm',
  source: `return 0;\n${fiftyLines}`,
  target: 1,
  runsPerTask: 30,
};

/** Measures the interpreter in Node and inside a real workflow, next to other interpreters on the same programs. */
export async function benchInterpreter(): Promise<InterpreterTiming[]> {
  const timings: InterpreterTiming[] = [];
  await withSandbox(async (timeInSandbox) => {
    for (const program of [...measuredPrograms, ...callPrograms, fifty]) {
      const own = {
        node: await timeInNode(program),
        workflow: await timeInSandbox(program.source, program.runsPerTask ?? 3),
      };
      const others = measuredPrograms.includes(program) ? await timeOthers(program) : {};
      const target = program.target === undefined ? {} : {target: program.target};
      timings.push({program: program.name, ...target, milliseconds: {...own, ...others}});
    }
  });
  return timings;
}

async function timeInNode({source, runsPerTask = 3}: MeasuredProgram): Promise<number> {
  const {median} = await measure(async () => {
    const outcome = await runProgram(source, echoingHost);
    if (outcome.status !== 'completed') throw new Error(JSON.stringify(outcome));
  }, 5 * runsPerTask);
  return median;
}

async function timeOthers({source}: MeasuredProgram): Promise<Record<string, number>> {
  const times: Record<string, number> = {};
  for (const [name, run] of Object.entries(otherInterpreters)) {
    times[name] = (await measure(() => run(source), 1)).median;
  }
  return times;
}

/** The timings as a table, in milliseconds. */
export function formatTimings(timings: InterpreterTiming[]): string {
  const columns = ['node', 'workflow', ...Object.keys(otherInterpreters)];
  const ratio = ({node, quickjs}: Record<string, number>) => {
    return node === undefined || quickjs === undefined ? '–' : `${(quickjs / node).toFixed(1)} ×`;
  };
  const rows = timings.map(({program, target, milliseconds}) => [
    program,
    ...columns.map((column) => milliseconds[column]?.toFixed(2) ?? '–'),
    target === undefined ? '–' : `≤ ${target}`,
    ratio(milliseconds),
  ]);
  return [['program (ms)', ...columns, 'target', 'quickjs/node'], ...rows]
    .map(([name = '', ...cells]) => name.padEnd(32) + cells.map((cell) => cell.padStart(12)).join(' '))
    .join('\n');
}

if (import.meta.main) console.log(formatTimings(await benchInterpreter()));

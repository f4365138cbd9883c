import type {ModelScript, ScriptedStep} from '../../activities/model/scripted.ts';
import type {ToolMessage} from '../../workflows/protocol/transcript.ts';

/** How a parent fans out: by direct calls, by a program's calls, or by a program that also writes files itself. */
export const fanOutKinds = ['direct-spawns', 'ptc-spawns', 'ptc-mixed'] as const;

/** One of the families of fan-outs. */
export type FanOutKind = (typeof fanOutKinds)[number];

/** A run that fans out subagents, as data: the prompt of the `scripted:fan-out` model is its JSON. */
export interface FanOut {
  kind: FanOutKind;
  /** Where its files go, in the sandbox. */
  folder: string;
  /** Subagents at once, from 1. */
  spawns: number;
  /** Files that the program writes beside them; 0 but for `ptc-mixed`. */
  writes: number;
}

/** What a fan-out leaves when nothing goes wrong. */
export function fanOutOutcome({folder, spawns, writes}: FanOut): {
  answer: string;
  files: Readonly<Record<string, string>>;
} {
  const paths = parentPaths(folder, writes);
  const children = numbers(spawns);
  return {
    answer: JSON.stringify([...paths, ...children.map(childAnswer)]),
    files: Object.fromEntries([
      ...paths.map((path) => [path, `${path}\n`]),
      ...children.map((child) => [childPath(folder, child), `child ${child}\n`]),
    ]),
  };
}

/** The model of fan-outs: a root agent does what its prompt's shape says, each subagent writes a file and answers. */
export const fanOutScript: ModelScript = ({agent, prompt}) => {
  if (agent === 'generic') return childSteps(prompt);
  const fanOut = readFanOut(prompt);
  if (!fanOut) return [{answer: 'The prompt of this model is the JSON of a fan-out, see migration-fuzz.'}];
  return fanOut.kind === 'direct-spawns' ? directSteps(fanOut) : programSteps(fanOut);
};

function directSteps({folder, spawns}: FanOut): ScriptedStep[] {
  return [
    {calls: tasks(folder, spawns).map((task) => ({name: 'spawn', input: {agent_name: 'generic', task}}))},
    {answer: (results) => JSON.stringify(results.map(shownResult))},
  ];
}

function programSteps({folder, spawns, writes}: FanOut): ScriptedStep[] {
  const code = `const paths = ${JSON.stringify(parentPaths(folder, writes))};
const tasks = ${JSON.stringify(tasks(folder, spawns))};
await gather(
  ...paths.map((path) => write_file({path, content: path + '\\n'})),
  ...tasks.map((task) => spawn({agent_name: 'generic', task})),
)`;
  return [
    {calls: [{name: 'run_ptc', input: {code}}]},
    {answer: ([ran]) => JSON.stringify(ran && shownResult(ran))},
  ];
}

function childSteps(task: string): ScriptedStep[] {
  const [, child = '', folder = ''] = /^child (\d+) of (.+)$/.exec(task) ?? [];
  return [
    {calls: [{name: 'write_file', input: {path: childPath(folder, child), content: `child ${child}\n`}}]},
    {answer: ([written]) => written?.failure?.message ?? childAnswer(child)},
  ];
}

function shownResult({result, failure}: ToolMessage) {
  return failure?.message ?? result ?? null;
}

function readFanOut(prompt: string): FanOut | undefined {
  try {
    const shape = JSON.parse(prompt) as FanOut;
    return fanOutKinds.includes(shape.kind) ? shape : undefined;
  } catch {
    return undefined;
  }
}

function tasks(folder: string, spawns: number): string[] {
  return numbers(spawns).map((child) => `child ${child} of ${folder}`);
}

function parentPaths(folder: string, writes: number): string[] {
  return numbers(writes).map((number) => `${folder}/parent-${number}.txt`);
}

function childPath(folder: string, child: number | string): string {
  return `${folder}/child-${child}.txt`;
}

function childAnswer(child: number | string): string {
  return `child ${child} is done`;
}

function numbers(count: number): number[] {
  return Array.from({length: count}, (_, index) => index + 1);
}

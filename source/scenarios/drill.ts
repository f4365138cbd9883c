import type {ModelScript, ScriptedStep} from '../../activities/model/scripted.ts';

/** Where a drill kills a worker: in a model step, a tool, a subagent's tool, or a tool that a program called. */
export const strikePoints = ['model', 'tool', 'child', 'ptc'] as const;

/** One of the points. */
export type StrikePoint = (typeof strikePoints)[number];

/** A run to strike, as data: the prompt of the `scripted:drill` model is its JSON. */
export interface DrillTask {
  at: StrikePoint;
  /** The file that its steps write lines to, in the sandbox. */
  journal: string;
}

/** The activity in whose midst the worker is killed; `workflow` is the end of its workflow's id. */
export const strikes: Readonly<Record<StrikePoint, {activityId: string; workflow: string}>> = {
  model: {activityId: 't2.model', workflow: ''},
  tool: {activityId: 't2.c1', workflow: ''},
  child: {activityId: 't1.c1', workflow: '/t2.c1'},
  ptc: {activityId: 't2.c1.2', workflow: ''},
};

/** What each run writes to its journal, in order, and answers with. */
export const drillLines: readonly string[] = ['first', 'second', 'third'];

/** Milliseconds that a step lingers after it has written, so that the kill finds the effect done and not reported. */
const linger = 600;

/** The model of drills: three lines in three turns, the second one in the way that the point asks for. */
export const drillScript: ModelScript = ({agent, prompt}) => {
  const {at, journal} = readTask(prompt);
  if (agent === 'generic') return [{calls: [record(journal, 'second', linger)]}, {answer: 'second'}];
  return [
    {calls: [record(journal, 'first', 0)]},
    secondStep(at, journal),
    {calls: [record(journal, 'third', 0)]},
    {answer: drillLines.join(', ')},
  ];
};

function secondStep(at: StrikePoint, journal: string): ScriptedStep {
  const task = JSON.stringify({at, journal});
  if (at === 'child') return {calls: [{name: 'spawn', input: {agent_name: 'generic', task}}]};
  if (at === 'ptc') return {calls: [{name: 'run_ptc', input: {code: program(journal)}}]};
  return {calls: [record(journal, 'second', at === 'tool' ? linger : 0)]};
}

/** Its first call has ended when the worker is killed in the second: it must not run again. */
function program(journal: string): string {
  return `const files = await list_files({});
await record(${JSON.stringify(record(journal, 'second', linger).input)});
files.length > 0`;
}

function record(path: string, line: string, milliseconds: number) {
  return {name: 'record', input: {path, line, milliseconds}};
}

function readTask(prompt: string): DrillTask {
  try {
    return JSON.parse(prompt) as DrillTask;
  } catch {
    return {at: 'tool', journal: 'drill.txt'};
  }
}

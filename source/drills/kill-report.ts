import type {CallNode, RunForest, RunNode} from '../history/run-tree.ts';
import {drillLines, type StrikePoint} from '../scenarios/drill.ts';

/** A worker that was killed in the middle of a step. */
export interface Kill {
  at: StrikePoint;
  workflowId: string;
  activityId: string;
  /** Identity of the worker that was killed. */
  before: string;
  /** From the kill until another worker was seen with the step; undefined where none ever was. */
  seconds?: number;
}

/** What came of a kill. */
export interface KillReport extends Kill {
  activityType: string;
  /** Identity of the worker that finished the step. */
  after?: string;
  /** Ids of the steps that ran more than once. */
  runAgain: readonly string[];
  /** Lines that stand in the journal more than once. */
  doubled: readonly string[];
  /** What is missing of lines and answer. */
  lost: readonly string[];
}

/**
 * Reads off a run's histories and its journal what came of a kill.
 *
 * @param journal content of the file that the run's steps wrote to
 * @param answer what the run ended with; undefined where it did not complete
 */
export function reportKill(
  kill: Kill,
  forest: RunForest,
  journal: string,
  answer: string | undefined,
): KillReport {
  const calls = [...forest.runs.values()].flatMap((run) => allCalls(run).map((call) => ({run, call})));
  const struck = calls.find(
    ({run, call}) => run.workflowId === kill.workflowId && call.id === kill.activityId,
  );
  const written = journal.split('\n').map((line) => line.split('  [')[0]);
  const count = (line: string) => written.filter((candidate) => candidate === line).length;
  const expected = drillLines.join(', ');
  return {
    ...kill,
    activityType: struck?.call.name ?? '',
    ...(struck?.call.worker !== undefined && {after: struck.call.worker}),
    runAgain: calls.filter(({call}) => call.attempt > 1).map(({call}) => call.id),
    doubled: drillLines.filter((line) => count(line) > 1),
    lost: [
      ...drillLines.filter((line) => count(line) === 0).map((line) => `line “${line}”`),
      ...(answer === expected ? [] : [`answer: ${answer ?? 'none'}`]),
    ],
  };
}

function allCalls(run: RunNode): CallNode[] {
  return run.turns.flatMap(({model, calls}) => [
    ...(model ? [model] : []),
    ...calls.flatMap((call) => [call, ...call.calls]),
  ]);
}

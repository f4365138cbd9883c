import {formatTree} from '../history/format-tree.ts';
import type {RunForest} from '../history/run-tree.ts';
import type {RunResult} from '../session/session.ts';
import type {Scenario} from './scenario.ts';

/** What came of a scenario. */
export interface ScenarioOutcome {
  workflowId: string;
  result: RunResult;
  forest: RunForest;
  /** Contents by path of every file that the run left or changed. */
  files: Readonly<Record<string, string>>;
}

/** How a run differs from what its scenario declares, one line each; none where it ended as declared. */
export function checkScenario({expected}: Scenario, outcome: ScenarioOutcome): string[] {
  const {workflowId, result, forest} = outcome;
  const history = formatTree(forest, workflowId, {times: false, ids: false}).join('\n');
  // The declared one is the default agent's; another agent may play the scenario as well.
  const declared = expected.history.trim().replace(/^◆ \S+/, history.match(/^◆ \S+/)?.[0] ?? '◆');
  return [
    ...difference('status', expected.status, result.status),
    ...(expected.answer === undefined ? [] : difference('answer', expected.answer, result.answer)),
    ...fileDifferences(expected.files, outcome.files),
    ...difference('history', declared, history),
  ];
}

/** Marks what was written once; no two runs have the same. */
const idempotencyKey = /(?<=\[)[0-9a-f]{32}(?=\])/g;

/** How files differ from the declared ones, both by path, one line each. */
export function fileDifferences(
  expected: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>>,
): string[] {
  const paths = new Set([...Object.keys(expected), ...Object.keys(files)]);
  return [...paths].flatMap((path) =>
    difference(`file ${path}`, expected[path], files[path]?.replaceAll(idempotencyKey, '{idempotencyKey}')),
  );
}

function difference(what: string, expected: string | undefined, actual: string | undefined): string[] {
  if (expected === actual) return [];
  return [`${what}: expected ${JSON.stringify(expected) ?? 'none'}, got ${JSON.stringify(actual) ?? 'none'}`];
}

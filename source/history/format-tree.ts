import {clip} from './printable.ts';
import type {RunForest} from './run-tree.ts';
import {segmentsText} from './segment.ts';
import {usageByRun} from './token-words.ts';
import {type TreeLineOptions, treeLine} from './tree-line.ts';
import {treeRows} from './tree-rows.ts';

/** How the tree is written as text. */
export interface FormatTreeOptions extends Omit<TreeLineOptions, 'usage'> {
  /** Tokens of each model step, and of each agent with its subagents, where they were counted. Default false. */
  tokens?: boolean;
  /** Lines are clipped to this many columns; unlimited by default. */
  width?: number;
}

/**
 * The history of a run as an ASCII tree: turns, tools, programs with their calls, subagents to any depth. With
 * `{times: false, ids: false}` the lines depend on nothing but what happened.
 *
 * @returns printable lines without colours; none where the forest does not know the run
 */
export function formatTree(
  forest: RunForest,
  rootWorkflowId: string,
  {width = Number.POSITIVE_INFINITY, tokens = false, ...options}: FormatTreeOptions = {},
): string[] {
  const usage = tokens ? {usage: usageByRun(forest)} : {};
  return treeRows(forest, rootWorkflowId).map((row) => {
    const words = segmentsText(treeLine(row, {...options, ...usage}));
    return clip(row.guides + words, width);
  });
}

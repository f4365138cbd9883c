import type {TokenUsage} from '../../workflows/protocol/model-step.ts';
import {addUsage} from '../../workflows/protocol/usage.ts';
import type {RunForest} from './run-tree.ts';

/** Tokens in words, e.g. `1.2k in (800 cached) 90 out`; empty where none were counted. */
export function tokenWords(usage: TokenUsage | undefined): string {
  if (!usage) return '';
  const cached = usage.cached > 0 ? ` (${short(usage.cached)} cached)` : '';
  return `${short(usage.input)} in${cached} ${short(usage.output)} out`;
}

/** Tokens of a run with its subagents; of all runs where no root is named. */
export function totalUsage(forest: RunForest, rootWorkflowId?: string): TokenUsage | undefined {
  let total: TokenUsage | undefined;
  for (const {workflowId, usage} of forest.runs.values()) {
    const counts =
      rootWorkflowId === undefined ||
      workflowId === rootWorkflowId ||
      workflowId.startsWith(`${rootWorkflowId}/`);
    if (counts) total = addUsage(total, usage);
  }
  return total;
}

function short(count: number): string {
  return count < 1000 ? String(count) : `${(count / 1000).toFixed(1)}k`;
}

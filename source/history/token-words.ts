import {workflowPath} from '../../workflows/protocol/identity.ts';
import type {TokenUsage} from '../../workflows/protocol/model-step.ts';
import {addUsage} from '../../workflows/protocol/usage.ts';
import type {RunForest} from './run-tree.ts';

/** Tokens in words, e.g. `1.2k in (800 cached) 90 out`; empty where none were counted. */
export function tokenWords(usage: TokenUsage | undefined): string {
  if (!usage) return '';
  const cached = usage.cached > 0 ? ` (${short(usage.cached)} cached)` : '';
  return `${short(usage.input)} in${cached} ${short(usage.output)} out`;
}

/** Tokens of all runs. */
export function totalUsage({runs}: RunForest): TokenUsage | undefined {
  return [...runs.values()].reduce<TokenUsage | undefined>(
    (total, {usage}) => addUsage(total, usage),
    undefined,
  );
}

/** Tokens of all runs by model, e.g. `openai:gpt-5.5`; models that count none are left out. */
export function usageByModel({runs}: RunForest): Readonly<Record<string, TokenUsage>> {
  const totals = new Map<string, TokenUsage>();
  for (const {model, usage} of runs.values()) {
    const total = addUsage(totals.get(model), usage);
    if (total) totals.set(model, total);
  }
  return Object.fromEntries(totals);
}

/** Tokens of each run with its subagents', by workflow id; runs that count none are left out. */
export function usageByRun({runs}: RunForest): ReadonlyMap<string, TokenUsage> {
  const totals = new Map<string, TokenUsage>();
  for (const {workflowId, usage} of runs.values()) {
    for (const id of usage ? workflowPath(workflowId) : []) {
      const total = addUsage(totals.get(id), usage);
      if (total) totals.set(id, total);
    }
  }
  return totals;
}

function short(count: number): string {
  return count < 1000 ? String(count) : `${(count / 1000).toFixed(1)}k`;
}

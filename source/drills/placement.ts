import type {RunForest} from '../history/run-tree.ts';

/** Where the subagents of a family of runs landed, read off its histories. */
export interface Placement {
  /** Identities of all workers that did something, sorted. */
  workers: readonly string[];
  children: number;
  /** Subagents that began on a worker that never had their parent. */
  moved: readonly Move[];
}

/** A subagent that landed on another worker than its parent. */
interface Move {
  workflowId: string;
  /** The worker of the parent's first workflow task. */
  from: string;
  /** The worker of the subagent's first workflow task. */
  to: string;
}

/** The placement of every subagent that has begun. */
export function placementOf({runs}: RunForest): Placement {
  const children = [...runs.values()].flatMap((run) => {
    const parent = run.parent && runs.get(run.parent.workflowId);
    const [to] = run.workers;
    const [from] = parent?.workers ?? [];
    return parent && to !== undefined && from !== undefined ? [{run, parent, from, to}] : [];
  });
  const moved = children.filter(({parent, to}) => !parent.workers.includes(to));
  return {
    workers: [...new Set([...runs.values()].flatMap(({workers}) => workers))].sort(),
    children: children.length,
    moved: moved.map(({run, from, to}) => ({workflowId: run.workflowId, from, to})),
  };
}

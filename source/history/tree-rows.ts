import type {CallNode, RunForest, RunNode, TurnNode} from './run-tree.ts';

/** One line of the tree before it is put into words. */
export interface TreeRow {
  /** The same node's key in every version of a forest: `<workflow id>`, `<workflow id>#t1`, `<workflow id>#t1.c2`. */
  readonly key: string;
  /** The lines that lead to the node, e.g. `│  └─ `. */
  readonly guides: string;
  readonly node: TreeNode;
  /** True where it has nodes below it, shown or not. */
  readonly foldable: boolean;
  readonly folded: boolean;
}

/** What a row stands for. `run` is the agent that it belongs to; `child` the subagent that a call started. */
export type TreeNode =
  | {readonly type: 'run'; readonly run: RunNode}
  | {readonly type: 'turn'; readonly run: RunNode; readonly turn: TurnNode}
  | {readonly type: 'call'; readonly run: RunNode; readonly call: CallNode; readonly child?: RunNode};

interface Branch {
  readonly key: string;
  readonly node: TreeNode;
  readonly branches: () => readonly Branch[];
}

/**
 * The rows of a run and of all below it, in order.
 *
 * @param folded keys of nodes whose descendants are left out
 * @returns no row where the forest does not know the run
 */
export function treeRows(
  forest: RunForest,
  rootWorkflowId: string,
  folded: ReadonlySet<string> = new Set(),
): TreeRow[] {
  const run = forest.runs.get(rootWorkflowId);
  if (!run) return [];
  const rows: TreeRow[] = [];
  const root: Branch = {
    key: rootWorkflowId,
    node: {type: 'run', run},
    branches: () => branchesOfRun(forest, run),
  };
  addRows(rows, root, {guides: '', below: ''}, folded);
  return rows;
}

function addRows(
  rows: TreeRow[],
  branch: Branch,
  {guides, below}: {guides: string; below: string},
  folded: ReadonlySet<string>,
): void {
  const branches = branch.branches();
  const isFolded = branches.length > 0 && folded.has(branch.key);
  rows.push({key: branch.key, guides, node: branch.node, foldable: branches.length > 0, folded: isFolded});
  if (isFolded) return;
  for (const [index, next] of branches.entries()) {
    const isLast = index === branches.length - 1;
    const lines = {guides: `${below}${isLast ? '└─ ' : '├─ '}`, below: `${below}${isLast ? '   ' : '│  '}`};
    addRows(rows, next, lines, folded);
  }
}

function branchesOfRun(forest: RunForest, run: RunNode): readonly Branch[] {
  return run.turns.flatMap((turn) => {
    const calls = turn.calls.map((call) => branchOfCall(forest, run, call));
    // A program that runs without a model has no turn to speak of.
    if (!turn.model) return calls;
    return [
      {key: `${run.workflowId}#t${turn.number}`, node: {type: 'turn', run, turn}, branches: () => calls},
    ];
  });
}

function branchOfCall(forest: RunForest, run: RunNode, call: CallNode): Branch {
  const child = call.childWorkflowId === undefined ? undefined : forest.runs.get(call.childWorkflowId);
  return {
    key: `${run.workflowId}#${call.id}`,
    node: {type: 'call', run, call, ...(child && {child})},
    branches: () =>
      child ? branchesOfRun(forest, child) : call.calls.map((inner) => branchOfCall(forest, run, inner)),
  };
}

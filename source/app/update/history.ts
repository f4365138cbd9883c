import {isOver} from '../../history/calls.ts';
import type {CallNode, RunNode} from '../../history/run-tree.ts';
import type {TreeNode, TreeRow} from '../../history/tree-rows.ts';
import {inside} from '../state/layout.ts';
import {settle} from '../state/list-view.ts';
import {currentLayout, historyRows, liveForest, selectedIndex} from '../state/select.ts';
import type {AppState, TreeState} from '../state/state.ts';
import {type Next, next, tell} from './next.ts';

/** The selected row of the history pane, with all rows. */
export function selection(state: AppState): {rows: TreeRow[]; index: number; row: TreeRow | undefined} {
  const rows = historyRows(state);
  const index = selectedIndex(state, rows);
  return {rows, index, row: rows[index]};
}

/** Selects a row by its place, and keeps it in sight. */
export function selectRow(state: AppState, rows: readonly TreeRow[], index: number): Next {
  const {height} = inside(currentLayout(state).history);
  const view = settle({selected: index, top: state.tree.top, follow: false}, rows.length, height);
  const selected = rows[view.selected]?.key;
  return changeTree(state, {...(selected !== undefined && {selected}), top: view.top, follow: false});
}

/** Collapses the selected node; on a leaf or a collapsed one, goes to its parent. */
export function fold(state: AppState): Next {
  const {rows, index, row} = selection(state);
  if (row?.foldable && !row.folded) return setFolded(state, row.key, true);
  const parent = rows.slice(0, index).findLastIndex(({guides}) => guides.length < (row?.guides.length ?? 0));
  return parent < 0 ? next(state) : selectRow(state, rows, parent);
}

/** Expands the selected node; on an expanded one, goes to its first child. */
export function unfold(state: AppState): Next {
  const {rows, index, row} = selection(state);
  if (row?.folded) return setFolded(state, row.key, false);
  return row?.foldable ? selectRow(state, rows, index + 1) : next(state);
}

export function toggleFold(state: AppState): Next {
  const {row} = selection(state);
  return row?.foldable ? setFolded(state, row.key, !row.folded) : next(state);
}

export function foldAll(state: AppState): Next {
  const rows = historyRows({...state, tree: {...state.tree, folded: new Set()}});
  const folded = new Set(rows.filter(({foldable}) => foldable).map(({key}) => key));
  // The selection moves up to what is still there: its run.
  const {row} = selection(state);
  const root = row && state.runs.find(({workflowId}) => row.key.startsWith(workflowId))?.workflowId;
  return changeTree(state, {folded, follow: false, ...(root !== undefined && {selected: root})});
}

export function unfoldAll(state: AppState): Next {
  return keepSelection(state, {folded: new Set()});
}

function setFolded(state: AppState, key: string, isFolded: boolean): Next {
  const folded = new Set(state.tree.folded);
  if (isFolded) folded.add(key);
  else folded.delete(key);
  return keepSelection(state, {folded});
}

function keepSelection(state: AppState, changes: Partial<TreeState>): Next {
  const key = selection(state).row?.key;
  return changeTree(state, {...changes, follow: false, ...(key !== undefined && {selected: key})});
}

/** Follows what is running, or stops following. */
export function followRunning(state: AppState): Next {
  const {follow} = state.tree;
  return follow
    ? keepSelection(state, {})
    : tell(changeTree(state, {follow: true})[0], 'following what is running');
}

export function toggleTimeline(state: AppState): Next {
  return changeTree(state, {mode: state.tree.mode === 'tree' ? 'timeline' : 'tree'});
}

/** Goes to the next failure below the selection, from the end on to the first. Collapsed nodes open up. */
export function nextFailure(state: AppState): Next {
  const open: AppState = {...state, tree: {...state.tree, folded: new Set()}};
  const {rows, index} = selection(open);
  const failures = rows.flatMap(({node}, place) => (isFailure(node) ? [place] : []));
  const target = failures.find((place) => place > index) ?? failures[0];
  return target === undefined ? tell(state, 'nothing has failed') : selectRow(open, rows, target);
}

/** Goes down from the selected failure through subagents to where it began. */
export function selectRootCause(state: AppState): Next {
  const open: AppState = {...state, tree: {...state.tree, folded: new Set()}};
  const {rows, index, row} = selection(open);
  const depth = row?.guides.length ?? 0;
  const after = rows.slice(index + 1).findIndex(({guides}) => guides.length <= depth);
  const below = rows.slice(index, after < 0 ? rows.length : index + 1 + after);
  const deepest = below.findLast(({node, guides}) => isFailure(node) && isDeepest(below, guides.length));
  return deepest ? selectRow(open, rows, rows.indexOf(deepest)) : tell(state, 'nothing has failed here');
}

function isDeepest(rows: readonly TreeRow[], depth: number): boolean {
  return rows.every(({node, guides}) => guides.length <= depth || !isFailure(node));
}

function isFailure(node: TreeNode): boolean {
  if (node.type === 'run') return hasFailed(node.run);
  const call: CallNode | undefined = node.type === 'turn' ? node.turn.model : node.call;
  return call !== undefined && isOver(call) && (call.state === 'failed' || call.state === 'timedOut');
}

function hasFailed({status}: RunNode): boolean {
  return status === 'failed' || status === 'timedOut' || status === 'terminated';
}

/** The workflow that the selected node is, or belongs to. */
export function selectedWorkflow(state: AppState): RunNode | undefined {
  const node = selection(state).row?.node;
  if (node?.type === 'call' && node.child) return node.child;
  return node?.run ?? liveForest(state).runs.get(state.runs.at(-1)?.workflowId ?? '');
}

function changeTree(state: AppState, changes: Partial<TreeState>): Next {
  return next(state, {tree: {...state.tree, ...changes}});
}

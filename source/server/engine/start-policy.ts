import {isRunning, type RunState} from '../run/run-state.ts';
import {
  WorkflowIdConflictPolicy as Conflict,
  WorkflowIdReusePolicy as Reuse,
  WorkflowExecutionStatus as Status,
} from '../wire/enums.ts';

/** What to do with a request to start a workflow whose id may be taken. */
export type StartVerdict =
  | 'start'
  | 'terminateThenStart'
  | 'useExisting'
  | 'refuseOpen'
  | 'refuseClosed'
  | 'refuseSucceeded';

/** @returns what the policies say about the workflow's current run, where it has one */
export function decideStart(
  current: Pick<RunState, 'status'> | undefined,
  reuse: number,
  conflict: number,
): StartVerdict {
  if (!current) return 'start';
  if (isRunning(current)) return decideOpen(reuse, conflict);
  if (reuse === Reuse.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE) return 'refuseClosed';
  const succeeded = current.status === Status.WORKFLOW_EXECUTION_STATUS_COMPLETED;
  if (reuse === Reuse.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY && succeeded)
    return 'refuseSucceeded';
  return 'start';
}

function decideOpen(reuse: number, conflict: number): StartVerdict {
  if (reuse === Reuse.WORKFLOW_ID_REUSE_POLICY_TERMINATE_IF_RUNNING) return 'terminateThenStart';
  if (conflict === Conflict.WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING) return 'terminateThenStart';
  if (conflict === Conflict.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING) return 'useExisting';
  return 'refuseOpen';
}

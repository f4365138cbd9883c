import {describe, expect, it} from 'vitest';
import {decideStart, type StartVerdict} from '../../../source/server/engine/start-policy.ts';
import {
  WorkflowIdConflictPolicy as Conflict,
  WorkflowIdReusePolicy as Reuse,
  WorkflowExecutionStatus as Status,
} from '../../../source/server/wire/enums.ts';

const reuse = {
  unspecified: Reuse.WORKFLOW_ID_REUSE_POLICY_UNSPECIFIED,
  allow: Reuse.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE,
  allowFailed: Reuse.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY,
  reject: Reuse.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE,
  terminate: Reuse.WORKFLOW_ID_REUSE_POLICY_TERMINATE_IF_RUNNING,
};

const conflict = {
  unspecified: Conflict.WORKFLOW_ID_CONFLICT_POLICY_UNSPECIFIED,
  fail: Conflict.WORKFLOW_ID_CONFLICT_POLICY_FAIL,
  useExisting: Conflict.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING,
  terminate: Conflict.WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING,
};

type ReuseName = keyof typeof reuse;
type ConflictName = keyof typeof conflict;

const everyReuse = Object.keys(reuse) as ReuseName[];
const everyConflict = Object.keys(conflict) as ConflictName[];

it('starts where the id was never used', () => {
  for (const name of everyReuse) {
    for (const other of everyConflict)
      expect(decideStart(undefined, reuse[name], conflict[other])).toBe('start');
  }
});

describe('where the id’s run is open', () => {
  const table: Record<ConflictName, StartVerdict> = {
    unspecified: 'refuseOpen',
    fail: 'refuseOpen',
    useExisting: 'useExisting',
    terminate: 'terminateThenStart',
  };
  const open = {status: Status.WORKFLOW_EXECUTION_STATUS_RUNNING};

  it.each(everyConflict)('the conflict policy %s decides', (name) => {
    for (const other of everyReuse) {
      const verdict = other === 'terminate' ? 'terminateThenStart' : table[name];
      expect(decideStart(open, reuse[other], conflict[name])).toBe(verdict);
    }
  });
});

describe('where the id’s run is closed', () => {
  const {
    WORKFLOW_EXECUTION_STATUS_COMPLETED: completed,
    WORKFLOW_EXECUTION_STATUS_FAILED: failed,
    WORKFLOW_EXECUTION_STATUS_CANCELED: canceled,
    WORKFLOW_EXECUTION_STATUS_TERMINATED: terminated,
    WORKFLOW_EXECUTION_STATUS_TIMED_OUT: timedOut,
  } = Status;
  const unsuccessful = [failed, canceled, terminated, timedOut];

  it.each<[ReuseName, StartVerdict, StartVerdict]>([
    ['unspecified', 'start', 'start'],
    ['allow', 'start', 'start'],
    ['allowFailed', 'refuseSucceeded', 'start'],
    ['reject', 'refuseClosed', 'refuseClosed'],
    ['terminate', 'start', 'start'],
  ])('the reuse policy %s says %s after success and %s after anything else', (name, succeeded, otherwise) => {
    for (const other of everyConflict) {
      expect(decideStart({status: completed}, reuse[name], conflict[other])).toBe(succeeded);
      for (const status of unsuccessful)
        expect(decideStart({status}, reuse[name], conflict[other])).toBe(otherwise);
    }
  });
});

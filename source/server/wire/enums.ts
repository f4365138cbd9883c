import {temporal} from './proto.ts';

/** The enumerations that the server names, under their own names. */
export const {
  CancelExternalWorkflowExecutionFailedCause,
  CommandType,
  ContinueAsNewInitiator,
  EventType,
  HistoryEventFilterType,
  NamespaceState,
  ParentClosePolicy,
  PendingActivityState,
  PendingWorkflowTaskState,
  QueryRejectCondition,
  QueryResultType,
  RetryState,
  SignalExternalWorkflowExecutionFailedCause,
  StartChildWorkflowExecutionFailedCause,
  TaskQueueKind,
  TaskQueueType,
  TimeoutType,
  UpdateWorkflowExecutionLifecycleStage,
  WorkflowExecutionStatus,
  WorkflowIdConflictPolicy,
  WorkflowIdReusePolicy,
  WorkflowTaskFailedCause,
} = temporal.api.enums.v1;

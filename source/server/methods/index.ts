import type {Method} from '../grpc/method.ts';
import {countWorkflowExecutions} from './count-workflow-executions.ts';
import {deleteWorkflowExecution} from './delete-workflow-execution.ts';
import {describeNamespace} from './describe-namespace.ts';
import {describeTaskQueue} from './describe-task-queue.ts';
import {describeWorkflowExecution} from './describe-workflow-execution.ts';
import {executeMultiOperation} from './execute-multi-operation.ts';
import {getClusterInfo} from './get-cluster-info.ts';
import {getSystemInfo} from './get-system-info.ts';
import {getWorkflowExecutionHistory} from './get-workflow-execution-history.ts';
import {getWorkflowExecutionHistoryReverse} from './get-workflow-execution-history-reverse.ts';
import {listNamespaces} from './list-namespaces.ts';
import {listWorkflowExecutions, scanWorkflowExecutions} from './list-workflow-executions.ts';
import {pollActivityTaskQueue} from './poll-activity-task-queue.ts';
import {pollWorkflowTaskQueue} from './poll-workflow-task-queue.ts';
import {queryWorkflow} from './query-workflow.ts';
import {
  recordActivityTaskHeartbeat,
  recordActivityTaskHeartbeatById,
} from './record-activity-task-heartbeat.ts';
import {recordWorkerHeartbeat} from './record-worker-heartbeat.ts';
import {requestCancelWorkflowExecution} from './request-cancel-workflow-execution.ts';
import {resetStickyTaskQueue} from './reset-sticky-task-queue.ts';
import {
  respondActivityTaskCanceled,
  respondActivityTaskCanceledById,
} from './respond-activity-task-canceled.ts';
import {
  respondActivityTaskCompleted,
  respondActivityTaskCompletedById,
} from './respond-activity-task-completed.ts';
import {respondActivityTaskFailed, respondActivityTaskFailedById} from './respond-activity-task-failed.ts';
import {respondQueryTaskCompleted} from './respond-query-task-completed.ts';
import {respondWorkflowTaskCompleted} from './respond-workflow-task-completed.ts';
import {respondWorkflowTaskFailed} from './respond-workflow-task-failed.ts';
import {shutdownWorker} from './shutdown-worker.ts';
import {signalWithStartWorkflowExecution} from './signal-with-start-workflow-execution.ts';
import {signalWorkflowExecution} from './signal-workflow-execution.ts';
import {startWorkflowExecution} from './start-workflow-execution.ts';
import {terminateWorkflowExecution} from './terminate-workflow-execution.ts';
import {pollWorkflowExecutionUpdate, updateWorkflowExecution} from './update-workflow-execution.ts';

/** The methods of `WorkflowService` that this server has. */
export const methods: readonly Method[] = [
  countWorkflowExecutions,
  deleteWorkflowExecution,
  describeNamespace,
  describeTaskQueue,
  describeWorkflowExecution,
  executeMultiOperation,
  getClusterInfo,
  getSystemInfo,
  getWorkflowExecutionHistory,
  getWorkflowExecutionHistoryReverse,
  listNamespaces,
  listWorkflowExecutions,
  scanWorkflowExecutions,
  pollActivityTaskQueue,
  pollWorkflowTaskQueue,
  queryWorkflow,
  recordActivityTaskHeartbeat,
  recordActivityTaskHeartbeatById,
  recordWorkerHeartbeat,
  requestCancelWorkflowExecution,
  resetStickyTaskQueue,
  respondActivityTaskCanceled,
  respondActivityTaskCanceledById,
  respondActivityTaskCompleted,
  respondActivityTaskCompletedById,
  respondActivityTaskFailed,
  respondActivityTaskFailedById,
  respondQueryTaskCompleted,
  respondWorkflowTaskCompleted,
  respondWorkflowTaskFailed,
  shutdownWorker,
  signalWithStartWorkflowExecution,
  signalWorkflowExecution,
  startWorkflowExecution,
  terminateWorkflowExecution,
  updateWorkflowExecution,
  pollWorkflowExecutionUpdate,
];

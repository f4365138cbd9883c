import type {Connection} from '@temporalio/client';
import proto, {type temporal} from '@temporalio/proto';
import type {ServerConnection} from '../backend/connection.ts';
import type {HistoryEvent} from '../history/event.ts';
import {toMilliseconds} from './decode-event.ts';
import type {SessionUpdate} from './session.ts';
import {unpolledWords} from './unpolled-words.ts';

const {PendingActivityState, PendingWorkflowTaskState, TaskQueueType} = proto.temporal.api.enums.v1;

type Description = temporal.api.workflowservice.v1.IDescribeWorkflowExecutionResponse;

/** Milliseconds without an event after which it is looked whether anybody works on a run; doubled up to the longest. */
const patience = 3000;
const longestPatience = 60_000;

/** A server remembers pollers for minutes, and a poll waits for a minute at most. Milliseconds. */
const pollTime = 65_000;

/** Milliseconds that workers have to find a server again that was away. */
const settleTime = 20_000;

const isTaken = /^(Workflow|Activity)TaskStarted$/;
const ends = /^WorkflowExecution(Completed|Failed|Canceled|Terminated|TimedOut|ContinuedAsNew)$/;

interface Quiet {
  timer: NodeJS.Timeout;
  patience: number;
  isTold: boolean;
}

/** Notices runs that wait for a worker where none polls their task queue. Asks only while a run is open and quiet. */
export class QueueWatch {
  readonly #connection: Connection;
  readonly #server: ServerConnection;
  readonly #report: (update: SessionUpdate) => void;
  /** Open workflows, by id. */
  readonly #quiet = new Map<string, Quiet>();
  #outageEnd = Number.NEGATIVE_INFINITY;

  constructor(connection: Connection, server: ServerConnection, report: (update: SessionUpdate) => void) {
    this.#connection = connection;
    this.#server = server;
    this.#report = report;
  }

  /** Learns that something has happened to a workflow. */
  observe(workflowId: string, events: readonly HistoryEvent[]): void {
    const isTold = this.#quiet.get(workflowId)?.isTold ?? false;
    const goesOn = events.some(({eventType}) => isTaken.test(eventType) || ends.test(eventType));
    if (isTold && goesOn) this.#report({type: 'queue', state: 'polled', workflowId, message: ''});
    this.forget(workflowId);
    if (!ends.test(events.at(-1)?.eventType ?? '')) this.#wait(workflowId, patience, isTold && !goesOn);
  }

  /** The server answers again; it has forgotten who polled before it went away. */
  outageEnded(): void {
    this.#outageEnd = performance.now();
  }

  /** A workflow is not followed any further. */
  forget(workflowId: string): void {
    clearTimeout(this.#quiet.get(workflowId)?.timer);
    this.#quiet.delete(workflowId);
  }

  close(): void {
    for (const workflowId of [...this.#quiet.keys()]) this.forget(workflowId);
  }

  #wait(workflowId: string, patience: number, isTold: boolean): void {
    const timer = setTimeout(() => void this.#look(workflowId), patience);
    this.#quiet.set(workflowId, {timer, patience, isTold});
  }

  async #look(workflowId: string): Promise<void> {
    const quiet = this.#quiet.get(workflowId);
    if (!quiet) return;
    if (performance.now() - this.#outageEnd < settleTime) {
      this.#wait(workflowId, quiet.patience, quiet.isTold);
      return;
    }
    // What cannot be found out now may be the next time.
    const silence = quiet.patience > patience ? 0 : pollTime;
    const taskQueue = await this.#unpolledQueue(workflowId, silence).catch(() => undefined);
    if (this.#quiet.get(workflowId) !== quiet) return;
    if (taskQueue !== undefined && !quiet.isTold) {
      const message = unpolledWords(this.#server, taskQueue);
      this.#report({type: 'queue', state: 'unpolled', workflowId, message});
    }
    const isTold = quiet.isTold || taskQueue !== undefined;
    this.#wait(workflowId, Math.min(2 * quiet.patience, longestPatience), isTold);
  }

  /**
   * The queue that holds a task of this workflow and that nobody polls.
   *
   * @param silence milliseconds before the task in which a poll counts. A worker whose poll was waiting takes the task
   * at once; so, after a while, only polls that are newer than the task count
   */
  async #unpolledQueue(workflowId: string, silence: number): Promise<string | undefined> {
    const {namespace} = this.#server;
    const {workflowService} = this.#connection;
    const description = await workflowService.describeWorkflowExecution({namespace, execution: {workflowId}});
    const task = waitingTask(description);
    const name = description.executionConfig?.taskQueue?.name;
    if (!task || !name) return undefined;
    const {taskQueueType, scheduledTime} = task;
    const {pollers} = await workflowService.describeTaskQueue({namespace, taskQueue: {name}, taskQueueType});
    const oldest = scheduledTime - silence;
    const isPolled = pollers.some(({lastAccessTime}) => toMilliseconds(lastAccessTime as never) > oldest);
    return isPolled ? undefined : name;
  }
}

interface WaitingTask {
  taskQueueType: temporal.api.enums.v1.TaskQueueType;
  /** Milliseconds since the epoch, by the server's clock. */
  scheduledTime: number;
}

/** The task that no worker has taken yet; undefined where there is none. */
function waitingTask({pendingWorkflowTask, pendingActivities}: Description): WaitingTask | undefined {
  if (pendingWorkflowTask?.state === PendingWorkflowTaskState.PENDING_WORKFLOW_TASK_STATE_SCHEDULED) {
    const scheduledTime = toMilliseconds(pendingWorkflowTask.scheduledTime as never);
    return {taskQueueType: TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW, scheduledTime};
  }
  const activity = pendingActivities?.find(
    ({state, nextAttemptScheduleTime}) =>
      state === PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED && !nextAttemptScheduleTime,
  );
  if (!activity) return undefined;
  const scheduledTime = toMilliseconds(activity.scheduledTime as never);
  return {taskQueueType: TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY, scheduledTime};
}

import type {Response} from '../wire/proto.ts';
import type {QueryTask, ScheduledTask} from './task.ts';
import {type StartTask, TaskQueue} from './task-queue.ts';

/** What a poller of a workflow queue gets. */
export type WorkflowTaskResponse = Response<'PollWorkflowTaskQueue'>;
/** What a poller of an activity queue gets. */
export type ActivityTaskResponse = Response<'PollActivityTaskQueue'>;

// How long after its last poll a sticky queue's worker is still thought to be there, as on a real server.
const stickyWorkerPatience = 10_000;

/** What waits in a workflow queue. */
export type WorkflowQueueTask = ScheduledTask | QueryTask;

type WorkflowQueue = TaskQueue<WorkflowQueueTask, WorkflowTaskResponse>;
type ActivityQueue = TaskQueue<ScheduledTask, ActivityTaskResponse>;

/** How tasks are handed to pollers. */
export interface Starters {
  readonly workflowQueue: StartTask<WorkflowQueueTask, WorkflowTaskResponse>;
  readonly activityQueue: StartTask<ScheduledTask, ActivityTaskResponse>;
}

/** All task queues of the server, made when they are first named. */
export class Matching {
  readonly #starters: Starters;
  readonly #workflowQueues = new Map<string, WorkflowQueue>();
  readonly #activityQueues = new Map<string, ActivityQueue>();

  constructor(starters: Starters) {
    this.#starters = starters;
  }

  workflowQueue(namespace: string, name: string): WorkflowQueue {
    return queueOf(this.#workflowQueues, namespace, name, this.#starters.workflowQueue);
  }

  activityQueue(namespace: string, name: string): ActivityQueue {
    return queueOf(this.#activityQueues, namespace, name, this.#starters.activityQueue);
  }

  /**
   * Puts a workflow task or a query into a sticky queue, or into the normal one where the sticky worker is gone.
   *
   * @param sticky the sticky queue's name; undefined for none
   */
  addWorkflowTask(
    namespace: string,
    queues: {sticky: string | undefined; normal: string},
    task: WorkflowQueueTask,
    now: number,
  ): void {
    const sticky = queues.sticky === undefined ? undefined : this.workflowQueue(namespace, queues.sticky);
    const reachable = sticky?.hasPollers(now - stickyWorkerPatience);
    const queue = sticky && reachable ? sticky : this.workflowQueue(namespace, queues.normal);
    queue.add(task);
  }

  /** Tries again to hand out what could not be handed out. */
  matchAll(): void {
    for (const queue of [...this.#workflowQueues.values(), ...this.#activityQueues.values()]) queue.match();
  }

  /**
   * Lets a worker go that shuts down: its polls end with nothing, and what waits in its sticky queue goes to the normal one.
   */
  shutDownWorker(namespace: string, workerInstanceKey: string, sticky: string, normal: string): void {
    if (workerInstanceKey) {
      for (const queue of [...this.#workflowQueues.values(), ...this.#activityQueues.values()]) {
        queue.release(workerInstanceKey);
      }
    }
    if (!sticky) return;
    const tasks = this.workflowQueue(namespace, sticky).takeAll();
    this.#workflowQueues.delete(keyOf(namespace, sticky));
    if (normal) for (const task of tasks) this.workflowQueue(namespace, normal).add(task);
  }
}

function keyOf(namespace: string, name: string): string {
  return `${namespace}\n${name}`;
}

function queueOf<Task, Response>(
  queues: Map<string, TaskQueue<Task, Response>>,
  namespace: string,
  name: string,
  start: StartTask<Task, Response>,
): TaskQueue<Task, Response> {
  const key = keyOf(namespace, name);
  let queue = queues.get(key);
  if (!queue) {
    queue = new TaskQueue(start);
    queues.set(key, queue);
  }
  return queue;
}

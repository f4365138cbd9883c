import {randomUUID} from 'node:crypto';
import {status} from '@grpc/grpc-js';
import type {Engine} from '../engine/engine.ts';
import type {Query, QueryAnswer} from '../engine/live-run.ts';
import {type Call, method} from '../grpc/method.ts';
import {isRunning, type RunState} from '../run/run-state.ts';
import {sendAlone} from '../tasks/query-task.ts';
import {QueryRejectCondition as Reject, WorkflowExecutionStatus as Status} from '../wire/enums.ts';
import {invalidArgument, notFound, ServiceError, workflowNotReady} from '../wire/service-error.ts';
import {waitFor} from './long-poll.ts';
import {findRun} from './lookup.ts';

// How many attempts of a failing workflow task a query may wait for.
const hopelessAttempt = 3;

export const queryWorkflow = method('QueryWorkflow', async (engine, request, call) => {
  const run = findRun(engine, request.namespace, request.execution);
  if (isRejected(run, request.queryRejectCondition)) return {queryRejected: {status: run.status}};
  if (!request.query?.queryType) throw invalidArgument('QueryType is not set on request.');
  if (run.lastCompletedStartedEventId === 0) await firstWorkflowTask(engine, run, call);
  if (run.workflowTaskAttempt >= hopelessAttempt) {
    throw workflowNotReady('Unable to query workflow due to Workflow Task in failed state.');
  }
  const answer = await ask(engine, run, request.query, call);
  return {queryResult: answer.result ?? null};
});

function isRejected(run: RunState, condition: number): boolean {
  if (isRunning(run) || condition <= Reject.QUERY_REJECT_CONDITION_NONE) return false;
  if (condition === Reject.QUERY_REJECT_CONDITION_NOT_OPEN) return true;
  return run.status !== Status.WORKFLOW_EXECUTION_STATUS_COMPLETED;
}

async function firstWorkflowTask(engine: Engine, run: RunState, call: Call): Promise<void> {
  const isOver = () =>
    run.lastCompletedStartedEventId > 0 || !isRunning(run) || run.workflowTaskAttempt >= hopelessAttempt;
  if (!isOver()) {
    await waitFor<void>(engine, call, (resolve) =>
      engine.watch(run, () => {
        if (isOver()) resolve();
      }),
    );
  }
  if (run.lastCompletedStartedEventId > 0) return;
  throw workflowNotReady('Workflow state is not ready to handle the request.');
}

async function ask(engine: Engine, run: RunState, query: Query['query'], call: Call): Promise<QueryAnswer> {
  let failure: Error | undefined;
  const id = randomUUID();
  const answer = await waitFor<QueryAnswer>(engine, call, (resolve) => {
    const reject = (error: Error) => {
      failure = error;
      resolve(undefined);
    };
    const pending: Query = {id, query, sent: false, resolve, reject};
    const {queries} = engine.live(run);
    queries.set(id, pending);
    // Between workflow tasks a query goes alone; otherwise it travels with the task, so that it sees what that one does.
    const withdraw = isRunning(run) && run.workflowTask ? undefined : sendAlone(engine, run, pending);
    return () => {
      withdraw?.();
      queries.delete(id);
      engine.release(run);
    };
  });
  if (failure) throw failure;
  if (answer) return answer;
  if (!engine.store.find(run.namespace.name, run.workflowId, run.runId)) throw notFound('workflow not found');
  throw new ServiceError(status.DEADLINE_EXCEEDED, 'query timed out before a worker could process it');
}

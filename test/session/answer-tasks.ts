import type {Client} from '@temporalio/client';

/** What a workflow answers when it is asked. */
export type QueryAnswer = (queryType: string, args: readonly unknown[]) => unknown;

const asPayloads = (value: unknown) => ({
  payloads: [{metadata: {encoding: Buffer.from('json/plain')}, data: Buffer.from(JSON.stringify(value))}],
});

/**
 * A worker by hand, which says what the test says and needs no workflow code: it takes every task of a queue, does nothing
 * for the workflow and answers its queries, until its client's connection is closed.
 */
export async function answerTasks(client: Client, taskQueue: string, answer: QueryAnswer): Promise<void> {
  const {workflowService} = client;
  const {namespace} = client.options;
  for (;;) {
    const task = await workflowService
      .pollWorkflowTaskQueue({namespace, taskQueue: {name: taskQueue}})
      .catch(() => undefined);
    if (!task) return;
    const {taskToken, query} = task;
    if (taskToken.length === 0) continue;
    if (!query) await workflowService.respondWorkflowTaskCompleted({namespace, taskToken, commands: []});
    else {
      const args = (query.queryArgs?.payloads ?? []).map(({data}) =>
        JSON.parse(Buffer.from(data ?? []).toString()),
      );
      const queryResult = asPayloads(answer(query.queryType ?? '', args));
      await workflowService.respondQueryTaskCompleted({namespace, taskToken, completedType: 1, queryResult});
    }
  }
}

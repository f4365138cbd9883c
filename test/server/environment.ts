import {fileURLToPath} from 'node:url';
import {Client, Connection, type WorkflowHandle} from '@temporalio/client';
import proto from '@temporalio/proto';
import {TestWorkflowEnvironment} from '@temporalio/testing';
import {
  bundleWorkflowCode,
  DefaultLogger,
  NativeConnection,
  Runtime,
  Worker,
  type WorkerOptions,
} from '@temporalio/worker';
import {startEmbeddedServer} from '../../source/server/index.ts';
import type {JsonEvent} from '../history-comparison.ts';
import {activities} from './activities.ts';

/** A server under test and connections to it. */
export interface ServerUnderTest {
  readonly name: string;
  readonly address: string;
  readonly client: Client;
  readonly connection: NativeConnection;
  close(): Promise<void>;
}

/** The queue that the test workers poll. */
export const taskQueue = 'conformance';

/** The queue of workflows that keep their worker busy: it has a worker of its own, so that the others go on. */
export const busyQueue = 'busy';

// The SDK logs every failed activity as a warning; here failures are the point.
Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: {logging: {forward: {}, filter: 'ERROR'}},
});

/** @returns our server, started */
export async function startEmbedded(): Promise<ServerUnderTest> {
  const server = await startEmbeddedServer();
  return connect('embedded', server.address, () => server.close());
}

/** @returns a real server, started from the program at `path` */
export async function startReal(path: string): Promise<ServerUnderTest> {
  const environment = await TestWorkflowEnvironment.createLocal({
    server: {executable: {type: 'existing-path', path}, log: {format: 'json', level: 'never'}},
  });
  return connect('real', environment.address, () => environment.teardown());
}

async function connect(name: string, address: string, stop: () => Promise<void>): Promise<ServerUnderTest> {
  const connection = await NativeConnection.connect({address});
  const clientConnection = await Connection.connect({address});
  return {
    name,
    address,
    connection,
    client: new Client({connection: clientConnection}),
    async close() {
      await clientConnection.close();
      await connection.close();
      await stop();
    },
  };
}

/** @returns the test workflows, bundled */
export async function bundleTestWorkflows(): Promise<string> {
  const workflowsPath = fileURLToPath(new URL('./workflows/index.ts', import.meta.url));
  const {code} = await bundleWorkflowCode({workflowsPath, logger: new DefaultLogger('WARN')});
  return code;
}

/** @returns a worker for the test workflows */
export function createWorker(
  server: ServerUnderTest,
  code: string,
  options: Partial<WorkerOptions> = {},
): Promise<Worker> {
  return Worker.create({
    connection: server.connection,
    taskQueue,
    workflowBundle: {code},
    activities,
    reuseV8Context: true,
    maxHeartbeatThrottleInterval: '100ms',
    defaultHeartbeatThrottleInterval: '100ms',
    ...options,
  });
}

const {HistoryEvent} = proto.temporal.api.history.v1;

/** @returns the events of a workflow's run, with field names and enumerations as Temporal's JSON has them */
export async function historyOf(
  {client}: ServerUnderTest,
  workflowId: string,
  runId?: string,
): Promise<JsonEvent[]> {
  const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
  const options = {longs: String, enums: String, bytes: String};
  return (history.events ?? []).map((event) => HistoryEvent.toObject(event as never, options) as JsonEvent);
}

/** Waits until the workflow has nothing to do, so that what follows lands between two workflow tasks on every server. */
export async function settled(handle: WorkflowHandle): Promise<void> {
  for (;;) {
    const {raw} = await handle.describe();
    if (!raw.pendingWorkflowTask && Number(raw.workflowExecutionInfo?.historyLength) > 3) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Waits until a worker is busy with the workflow's first pending activity. */
export async function activityStarted(handle: WorkflowHandle): Promise<void> {
  const started = proto.temporal.api.enums.v1.PendingActivityState.PENDING_ACTIVITY_STATE_STARTED;
  while ((await handle.describe()).raw.pendingActivities?.[0]?.state !== started) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

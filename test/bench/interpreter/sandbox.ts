import {randomUUID} from 'node:crypto';
import {fileURLToPath} from 'node:url';
import {Client, Connection} from '@temporalio/client';
import {bundleWorkflowCode, DefaultLogger, NativeConnection, Worker} from '@temporalio/worker';
import {configureBundle} from '../../../source/build/workflow-bundle.ts';
import {startEmbeddedServer} from '../../../source/server/index.ts';
import {measure} from './measure.ts';
import type {measuredWorkflow} from './workflow.ts';
import '../../agent/quiet-runtime.ts';

const taskQueue = 'interpreter-bench';

/**
 * Times programs inside a real workflow: the milliseconds that one run of a program takes there.
 *
 * @param runsPerTask runs in one workflow task; they have to end within the five seconds that the SDK allows
 */
export type SandboxTimer = (source: string, runsPerTask: number) => Promise<number>;

/** Starts a server and a worker, and hands over a function that times programs in a workflow. */
export async function withSandbox(work: (time: SandboxTimer) => Promise<void>): Promise<void> {
  const server = await startEmbeddedServer();
  const workerConnection = await NativeConnection.connect({address: server.address});
  const connection = await Connection.connect({address: server.address});
  const worker = await Worker.create({
    connection: workerConnection,
    taskQueue,
    workflowBundle: await bundle(),
    reuseV8Context: true,
  });
  try {
    await worker.runUntil(() => work(timer(new Client({connection}))));
  } finally {
    await connection.close();
    await workerConnection.close();
    await server.close();
  }
}

function bundle(): ReturnType<typeof bundleWorkflowCode> {
  return bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('workflow.ts', import.meta.url)),
    preloadModules: [fileURLToPath(new URL('../../../dist/workflows/interpreter/index.js', import.meta.url))],
    webpackConfigHook: configureBundle,
    logger: new DefaultLogger('ERROR'),
  });
}

// A workflow has no clock that goes on within a task, so what a run costs without a program is taken off.
function timer(client: Client): SandboxTimer {
  const timeOf = (source: string, runs: number) => {
    return measure(() => {
      return client.workflow.execute<typeof measuredWorkflow>('measuredWorkflow', {
        taskQueue,
        workflowId: randomUUID(),
        args: [source, runs],
      });
    });
  };
  return async (source, runsPerTask) => {
    const empty = await timeOf(source, 0);
    const full = await timeOf(source, runsPerTask);
    return Math.max(full.best - empty.best, 0) / runsPerTask;
  };
}

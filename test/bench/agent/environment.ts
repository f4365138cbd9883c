import {readFile} from 'node:fs/promises';
import {Client, Connection} from '@temporalio/client';
import {defaultAgent} from '../../../dist/source/agent/default-agent.js';
import type {BackendChoice} from '../../../dist/source/backend/choose.js';
import {type Host, startHost} from '../../../dist/source/runtime/host/start-host.js';
import {openSession} from '../../../dist/source/session/open-session.js';
import type {Session, StartRequest} from '../../../dist/source/session/session.js';
import {emptyFolder} from '../../commands/command-line.ts';

/** A server, one worker in a process of its own, and a session: the built product, warm. */
export interface BenchEnvironment {
  session: Session;
  address: string;
  /** Runs something to its end. Resolves with milliseconds and the workflow's id. */
  run(request: StartRequest): Promise<{milliseconds: number; workflowId: string}>;
  /** Bytes of a workflow's history, as the server's describe reports them. */
  historySize(workflowId: string): Promise<number>;
  /** CPU that the worker's process has used, in milliseconds; NaN where the system does not tell. */
  workerCpu(): Promise<number>;
  close(): Promise<void>;
}

export async function openBench(choice: BackendChoice): Promise<BenchEnvironment> {
  const server = startHost({backend: choice});
  const {connection} = await server.server;
  const worker = startHost({
    backend: {kind: 'existing', why: 'bench', connection},
    worker: {
      agent: {capabilityModules: []},
      taskQueue: 'bench',
      sandbox: await emptyFolder(),
      pace: 0,
      logLevel: 'error',
    },
  });
  await worker.worker;
  const client = new Client({connection: await Connection.connect({address: connection.address})});
  const session = await openSession({server: connection, agent: defaultAgent, taskQueue: 'bench'});
  return {
    session,
    address: connection.address,
    run: (request) => run(session, request),
    historySize: async (workflowId) => {
      const {raw} = await client.workflow.getHandle(workflowId).describe();
      return Number(raw.workflowExecutionInfo?.historySizeBytes);
    },
    workerCpu: () => cpuOf(worker),
    async close() {
      await session.close();
      await client.connection.close();
      await worker.shutdown();
      await server.shutdown();
    },
  };
}

async function run(
  session: Session,
  request: StartRequest,
): Promise<{milliseconds: number; workflowId: string}> {
  const closed = new Map<string, () => void>();
  const early = new Set<string>();
  const unsubscribe = session.subscribe((update) => {
    if (update.type !== 'closed') return;
    early.add(update.workflowId);
    closed.get(update.workflowId)?.();
  });
  const start = performance.now();
  const {workflowId} = await session.start(request);
  await new Promise<void>((resolve) => {
    closed.set(workflowId, resolve);
    if (early.has(workflowId)) resolve();
  });
  unsubscribe();
  return {milliseconds: performance.now() - start, workflowId};
}

/** Clock ticks a second on Linux, see proc(5). */
const ticksPerSecond = 100;

async function cpuOf({pid}: Host): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const [, fields = ''] = stat.split(') ');
  const values = fields.split(' ').map(Number);
  const [user = Number.NaN, system = Number.NaN] = values.slice(11, 13);
  return ((user + system) * 1000) / ticksPerSecond;
}

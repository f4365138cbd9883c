import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {Client, Connection} from '@temporalio/client';
import {NativeConnection, Worker} from '@temporalio/worker';
import {beforeAll, expect, it} from 'vitest';
import {emptyFolder} from '../../temporary-folder.ts';
import {activities} from '../activities.ts';
import {bundleTestWorkflows, taskQueue} from '../environment.ts';
import {everythingTwice, playEverything, retrying} from './everything.ts';

const kills = Number(process.env.TEST_KILLS ?? (process.env.TEST_LONG ? 100 : 15));

let folder: string;
let code: string;

beforeAll(async () => {
  folder = await emptyFolder();
  code = await bundleTestWorkflows();
});

it(`loses and doubles nothing when it is killed ${kills} times`, {
  timeout: 120_000 + kills * 10_000,
}, async () => {
  const file = join(folder, 'runs.sqlite');
  let server = await startServer(file, 0);
  const {address, port} = server;
  const connection = await NativeConnection.connect({address});
  const client = new Client({connection: await Connection.connect({address})});
  const worker = await Worker.create({connection, taskQueue, workflowBundle: {code}, activities});
  let left = kills;
  let played = 0;
  const play = async (lane: number) => {
    for (let round = 0; left > 0; round += 1) {
      const workflowId = `lane-${lane}-${round}`;
      const {result, histories} = await playEverything(client, workflowId);
      expect(result).toEqual(everythingTwice);
      for (const history of histories)
        await Worker.runReplayHistory({workflowBundle: {code}}, history, workflowId);
      played += 1;
    }
  };
  const kill = async () => {
    for (; left > 0; left -= 1) {
      await sleep(Math.random() * 600);
      server.process.kill('SIGKILL');
      await once(server.process, 'close');
      server = await startServer(file, port);
    }
  };
  await worker.runUntil(Promise.all([kill(), ...[1, 2, 3, 4].map(play)]));
  expect(played).toBeGreaterThanOrEqual(4);
  const {count} = await retrying(() => client.workflow.count('ExecutionStatus = "Running"'));
  expect(count).toBe(0);
  await client.connection.close();
  await connection.close();
  server.process.kill('SIGKILL');
});

async function startServer(file: string, port: number) {
  const script = fileURLToPath(new URL('server-process.ts', import.meta.url));
  const process_: ChildProcess = spawn(process.execPath, [script, file, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(process_.stdout as NodeJS.ReadableStream, 'data');
  const address = String(line).trim();
  return {process: process_, address, port: Number(address.split(':')[1])};
}

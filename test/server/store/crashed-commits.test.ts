import {join} from 'node:path';
import {Client, Connection} from '@temporalio/client';
import {NativeConnection, Worker} from '@temporalio/worker';
import {beforeAll, expect, it} from 'vitest';
import {emptyFolder} from '../../temporary-folder.ts';
import {activities} from '../activities.ts';
import {bundleTestWorkflows, taskQueue} from '../environment.ts';
import {type CrashPoint, startCrashingServer} from './crashing-server.ts';
import {everythingTwice, playEverything} from './everything.ts';

const every = Number(process.env.TEST_EVERY ?? (process.env.TEST_LONG ? 4 : 20));

let folder: string;
let code: string;

beforeAll(async () => {
  folder = await emptyFolder();
  code = await bundleTestWorkflows();
});

it.each<CrashPoint>(['before it is written', 'before anybody sees it'])(
  `goes on from every ${every}. commit of a workflow that uses everything, dying %s`,
  {
    timeout: 900_000,
  },
  async (point) => {
    const commits = await play(Number.POSITIVE_INFINITY, point);
    expect(commits).toBeGreaterThan(50);
    const points = Array.from({length: Math.ceil(commits / every)}, (_, index) => 1 + index * every);
    const lane = async () => {
      for (let crashAt = points.shift(); crashAt !== undefined; crashAt = points.shift()) {
        await play(crashAt, point);
      }
    };
    // Most of the time is waiting for tasks that were lost with the server.
    await Promise.all([lane(), lane(), lane(), lane()]);
  },
);

async function play(crashAt: number, point: CrashPoint): Promise<number> {
  const name = `${point.replaceAll(' ', '-')}-${crashAt}`;
  const server = await startCrashingServer(join(folder, `${name}.sqlite`), crashAt, point);
  const connection = await NativeConnection.connect({address: server.address});
  const client = new Client({connection: await Connection.connect({address: server.address})});
  const worker = await Worker.create({
    connection,
    taskQueue,
    workflowBundle: {code},
    activities,
    stickyQueueScheduleToStartTimeout: '1s',
  });
  try {
    const {result, histories} = await worker.runUntil(playEverything(client, name));
    expect(result, name).toEqual(everythingTwice);
    for (const history of histories) await Worker.runReplayHistory({workflowBundle: {code}}, history, name);
    return server.commits();
  } finally {
    await client.connection.close();
    await connection.close();
    await server.close();
  }
}

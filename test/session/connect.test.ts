import {setTimeout as sleep} from 'node:timers/promises';
import {expect, it} from 'vitest';
import {startEmbeddedServer} from '../../source/server/index.ts';
import {connectClient} from '../../source/session/connect.ts';

it('lets a call that waits for its next attempt end with its connection', async () => {
  const thrown: unknown[] = [];
  const onThrown = (error: unknown) => thrown.push(error);
  const server = await startEmbeddedServer();
  const attempts: number[] = [];
  const client = await connectClient({address: server.address, namespace: 'default'}, () =>
    attempts.push(Date.now()),
  );
  await server.close();
  process.prependListener('uncaughtException', onThrown);
  void client.workflowService.getSystemInfo({}).catch(() => undefined);
  while (attempts.length < 2) await sleep(10);
  await client.connection.close();
  await sleep(2000);
  process.off('uncaughtException', onThrown);
  expect(thrown).toEqual([]);
});

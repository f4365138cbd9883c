import {setTimeout as sleep} from 'node:timers/promises';
import {status} from '@grpc/grpc-js';
import {expect, it} from 'vitest';
import {startEmbeddedServer} from '../../source/server/index.ts';
import {connectClient} from '../../source/session/connect.ts';
import {startTold} from './told-server.ts';

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

it.each([
  ['UNAUTHENTICATED', ' refused the credentials: check --api-key or the certificates.'],
  ['PERMISSION_DENIED', ' refused the credentials: check --api-key or the certificates.'],
  ['FAILED_PRECONDITION', /^No Temporal server answers at .*\. Another program has that port/],
] as const)('says of a server that answers %s what to do', async (code, words) => {
  const {address, tell} = await startTold();
  tell.GetSystemInfo = () => ({code: status[code], details: 'no'});
  const connected = connectClient({address, namespace: 'default'});
  await expect(connected).rejects.toThrow(typeof words === 'string' ? `${address}${words}` : words);
});

it('tells of attempts that do not reach the server, and of no others', async () => {
  const {address, tell} = await startTold();
  let unavailable = 0;
  const client = await connectClient({address, namespace: 'default'}, () => {
    unavailable += 1;
  });
  tell.DescribeTaskQueue = () => ({code: status.PERMISSION_DENIED, details: 'no'});
  await client.workflowService.describeTaskQueue({namespace: 'default'}).catch(() => undefined);
  expect(unavailable).toBe(0);
  const answers = [{code: status.UNAVAILABLE, details: 'away'}, {}];
  tell.DescribeTaskQueue = () => answers.shift() ?? {};
  await client.workflowService.describeTaskQueue({namespace: 'default'});
  expect(unavailable).toBe(1);
  await client.connection.close();
});

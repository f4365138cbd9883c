import {Client, Connection} from '@temporalio/client';
import type {PayloadCodec} from '@temporalio/common';
import {NativeConnection, Worker} from '@temporalio/worker';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {
  createWorkerOptions,
  defineAgent,
  type ModelScript,
  runAgent,
  sandbox,
} from '../../dist/source/index.js';
import {type ServerUnderTest, startEmbedded} from '../server/environment.ts';
import {durableTui, emptyFolder, jsonLines} from './command-line.ts';

/** As an encryption would do it, but for the key. */
const codec: PayloadCodec = {
  encode: async (payloads) =>
    payloads.map(({metadata, data}) => ({
      metadata: {encoding: Buffer.from('binary/encrypted')},
      data: Buffer.from(JSON.stringify([metadata?.encoding, data].map(base64))),
    })),
  decode: async (payloads) =>
    payloads.map(({data}) => {
      const [encoding, bytes] = JSON.parse(Buffer.from(data ?? []).toString()) as [string, string];
      return {
        metadata: {encoding: Buffer.from(encoding, 'base64')},
        data: Buffer.from(bytes, 'base64'),
      };
    }),
};

function base64(bytes: Uint8Array | null | undefined): string {
  return Buffer.from(bytes ?? []).toString('base64');
}

const agent = defineAgent({
  name: 'secretive',
  model: 'scripted',
  instructions: 'None.',
  capabilities: [sandbox],
});
const scripts = new Map<string, ModelScript>([['', () => [{answer: 'A secret.'}]]]);
const dataConverter = {payloadCodecs: [codec]};
const workflowId = 'agent-encrypted';
let server: ServerUnderTest;

beforeAll(async () => {
  server = await startEmbedded();
  const {address} = server;
  const connection = await NativeConnection.connect({address});
  const worker = await Worker.create({
    connection,
    taskQueue: 'encrypted',
    dataConverter,
    ...createWorkerOptions(agent, {sandbox: await emptyFolder(), loopback: true, scripts}),
  });
  const client = new Client({connection: await Connection.connect({address}), dataConverter});
  const options = {taskQueue: 'encrypted', workflowId};
  expect(await worker.runUntil(runAgent(client, agent, 'list', options))).toHaveProperty('answer');
  await client.connection.close();
  await connection.close();
});
afterAll(() => server.close());

describe('a run whose payloads are encrypted', () => {
  const words = 'it is encoded as binary/encrypted, by a codec that is not known here.';

  it('is attached to without pretending that its answer is known', async () => {
    const flags = ['--address', server.address, '--no-worker'];
    const json = await durableTui(['attach', workflowId, '--json', ...flags]);
    const result = jsonLines(json).at(-1);
    expect(result).toMatchObject({
      type: 'result',
      status: 'completed',
      error: `The answer cannot be decoded: ${words}`,
    });
    expect(result).not.toHaveProperty('answer');
    expect(json.code).toBe(1);
    const text = await durableTui(['attach', workflowId, ...flags]);
    expect(text.stdout).toContain(`completed: The answer cannot be decoded: ${words}`);
    const quiet = await durableTui(['attach', workflowId, '-q', ...flags]);
    expect(quiet).toMatchObject({code: 1, stdout: '', stderr: expect.stringContaining('cannot be decoded')});
  });

  it('is not said to differ when it is replayed', async () => {
    const cwd = await emptyFolder();
    const save = ['attach', workflowId, '--no-worker', '--save-history', 'histories'];
    await durableTui([...save, '--address', server.address], {cwd});
    for (const operands of [['histories'], [workflowId, '--address', server.address]]) {
      const text = await durableTui(['replay', ...operands], {cwd});
      expect(text.stdout).toBe(
        `✗ ${workflowId} cannot be decoded at event 1: ${words}\nNothing was replayed. 1 cannot be decoded.\n`,
      );
      expect(text.code).toBe(1);
    }
    const lines = jsonLines(await durableTui(['replay', 'histories', '--json'], {cwd}));
    expect(lines).toEqual([
      {
        type: 'replay',
        workflowId,
        events: expect.any(Number),
        undecodable: 'binary/encrypted',
        at: 'event 1',
      },
      {type: 'result', status: 'failed', replayed: 0, different: 0, undecodable: 1},
    ]);
  });
});

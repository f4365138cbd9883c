import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {Client, Connection} from '@temporalio/client';
import {DefaultLogger, NativeConnection, Runtime, Worker} from '@temporalio/worker';
import {describe, expect, it} from 'vitest';
import {z} from 'zod';
// The package as its users import it: compiled.
import {
  createWorkerOptions,
  defineAgent,
  defineCapability,
  faults,
  type ModelScript,
  ptc,
  runAgent,
  sandbox,
  sandboxPath,
  subagents,
  tool,
} from '../../dist/source/index.js';
import {startEmbeddedServer} from '../../source/server/index.ts';
import {emptyFolder} from '../commands/command-line.ts';

Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: {logging: {forward: {}, filter: 'ERROR'}},
});

const notes = defineCapability({
  name: 'notes',
  tools: {
    save_note: tool({
      description: 'Save a note in the sandbox.',
      input: z.object({title: z.string(), body: z.string()}),
      async run({title, body}, context) {
        const {writeFile} = await import('node:fs/promises');
        const target = sandboxPath(context, `${title}.txt`);
        await writeFile(target, body, {signal: context.signal});
        return title;
      },
    }),
  },
});

const agent = defineAgent({
  name: 'durable_capability_agent',
  instructions: 'Use tools for durable work. Use spawn for bounded subagents.',
  capabilities: [sandbox, faults, subagents, ptc, notes],
  modelActivity: {startToCloseTimeout: '30s', retry: {maximumAttempts: 1}},
  toolActivity: {
    sandbox: {write_file: {startToCloseTimeout: '10s'}},
    subagents: {spawn: false},
    ptc: {run_ptc: false},
  },
  agents: {generic: {instructions: 'Do the task and answer in one paragraph.'}},
});

const script: ModelScript = () => [
  {calls: [{name: 'save_note', input: {title: 'mine', body: 'written'}}]},
  {answer: ([note]) => `I saved ${note?.result}.`},
];

describe('an agent in a user’s own process', () => {
  it('runs with their own Worker and Client', async () => {
    const server = await startEmbeddedServer();
    const connection = await NativeConnection.connect({address: server.address});
    const folder = await emptyFolder();
    const worker = await Worker.create({
      connection,
      taskQueue: 'their-queue',
      ...createWorkerOptions(agent, {sandbox: folder, loopback: true, scripts: new Map([['', script]])}),
    });
    const client = new Client({connection: await Connection.connect({address: server.address})});
    const result = await worker.runUntil(runAgent(client, agent, 'save a note', {taskQueue: 'their-queue'}));
    expect(result).toEqual({answer: 'I saved mine.'});
    expect(await readFile(join(folder, 'mine.txt'), 'utf8')).toBe('written');
    await client.connection.close();
    await connection.close();
    await server.close();
  });
});

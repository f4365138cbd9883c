import {Client, Connection} from '@temporalio/client';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {defaultAgent} from '../../source/agent/default-agent.ts';
import {runAgent} from '../../source/agent/run-agent.ts';
import {openSession} from '../../source/session/open-session.ts';
import {type ServerUnderTest, startEmbedded, startReal} from '../server/environment.ts';
import {findTemporal} from '../server/find-temporal.ts';
import {durableTui, emptyFolder, jsonLines} from './command-line.ts';
import {startCommand} from './running-command.ts';

const temporal = findTemporal();
if (!temporal) console.log('Runs that were reset: not tried, `temporal` is not on PATH.');

let embedded: ServerUnderTest;
let real: ServerUnderTest | undefined;

beforeAll(async () => {
  [embedded, real] = await Promise.all([startEmbedded(), temporal ? startReal(temporal) : undefined]);
});
afterAll(() => Promise.all([embedded?.close(), real?.close()]));

async function connect({address}: ServerUnderTest): Promise<Client> {
  return new Client({connection: await Connection.connect({address})});
}

/** The rows of a list of all runs. */
async function listed(address: string) {
  const server = {address, namespace: 'default'};
  const session = await openSession({server, agent: defaultAgent, taskQueue: 'any'});
  const runs = await session.list(10).finally(() => session.close());
  return runs.map(({workflowId, status}) => ({workflowId, status}));
}

describe('a root agent whose id has a slash', () => {
  it('is attached to, listed, and its subagents are told from it', async () => {
    const {address} = embedded;
    const client = await connect(embedded);
    const workflowId = 'team/agent-1';
    const taskQueue = 'slash';
    const answer = runAgent(client, defaultAgent, 'delegate: write a haiku', {taskQueue, workflowId});
    const flags = ['--address', address, '--json', '--save-history', 'histories'];
    const cwd = await emptyFolder();
    const attached = await durableTui(['attach', workflowId, ...flags], {cwd});
    const {answer: expected} = await answer;
    const result = jsonLines(attached).at(-1);
    expect(result).toMatchObject({type: 'result', workflowId, status: 'completed', answer: expected});
    expect(String(result?.tree)).toMatch(/^◆ team\/agent-1 ✓[^\n]*\n.*spawn generic.*✓ completed/s);
    expect(attached.code).toBe(0);
    expect(await durableTui(['replay', 'histories'], {cwd})).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Replayed 2 histories'),
    });
    expect(await listed(address)).toEqual([{workflowId, status: 'completed'}]);
    await client.connection.close();
  });
});

describe.skipIf(!temporal)('a run that was reset', () => {
  const program = "await slow_append({path: 'a.txt', line: 'a', milliseconds: 100}); await list_files({})";

  /** Resets a run to where its first call had been asked for. */
  async function reset(client: Client, workflowId: string): Promise<string> {
    const {events} = await client.workflow.getHandle(workflowId).fetchHistory();
    const completed = events?.find((event) => event.workflowTaskCompletedEventAttributes);
    const {runId} = await client.workflowService.resetWorkflowExecution({
      namespace: 'default',
      workflowExecution: {workflowId},
      reason: 'test',
      requestId: 'reset',
      workflowTaskFinishEventId: completed?.eventId ?? null,
    });
    return runId;
  }

  it('is meant by its id: attach and replay take the current run', async () => {
    const {address} = real as ServerUnderTest;
    const client = await connect(real as ServerUnderTest);
    const cwd = await emptyFolder();
    const flags = ['--address', address, '--task-queue', 'reset', '--json'];
    const first = jsonLines(await durableTui([...flags, '-e', program], {cwd}));
    const workflowId = String(first[0]?.workflowId);
    const runId = await reset(client, workflowId);
    const lines = jsonLines(await durableTui(['attach', workflowId, '--address', address, '--json'], {cwd}));
    expect(lines[0]).toMatchObject({type: 'run', workflowId, runId});
    expect(lines.at(-1)).toMatchObject({
      type: 'result',
      workflowId,
      status: 'completed',
      answer: '["a.txt"]',
    });
    const events = lines.filter(({type}) => type === 'event');
    expect(events.map(({eventId}) => eventId)).toEqual(events.map((_, index) => index + 1));
    const replayed = jsonLines(
      await durableTui(['replay', workflowId, '--address', address, '--json'], {cwd}),
    );
    expect(replayed.at(-1)).toMatchObject({type: 'result', status: 'completed', replayed: 1});
    expect(replayed[0]).toMatchObject({events: events.length});
    expect(await listed(address)).toEqual([{workflowId, status: 'completed'}]);
    await client.connection.close();
  });

  it('while it is followed goes on in the place of the old one', async () => {
    const {address} = real as ServerUnderTest;
    const client = await connect(real as ServerUnderTest);
    const cwd = await emptyFolder();
    const flags = ['--address', address, '--task-queue', 'reset-live'];
    const slow = program.replace('milliseconds: 100', 'milliseconds: 2000');
    const command = startCommand([...flags, '-e', slow], cwd);
    const {workflowId} = await command.line(({type}) => type === 'run');
    await command.line(({activityType}) => activityType === 'faults.slow_append');
    await reset(client, String(workflowId));
    expect(await command.line(({type}) => type === 'result')).toMatchObject({
      status: 'completed',
      answer: '["a.txt"]',
      tree: expect.stringMatching(/✓ completed/),
    });
    expect(await command.ended).toBe(0);
    await client.connection.close();
  });
});

import {randomUUID} from 'node:crypto';
import {join} from 'node:path';
import {Client, Connection} from '@temporalio/client';
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi} from 'vitest';
import {durableTui} from '../commands/command-line.ts';
import {type RunningCommand, startCommand} from '../commands/running-command.ts';
import {type RestartableServer, startRestartable} from '../server/dev-server.ts';
import {findTemporal, noTemporal} from '../server/find-temporal.ts';
import {emptyFolder} from '../temporary-folder.ts';
import {type AppTerminal, openAppTerminal} from './pty.ts';

const temporal = findTemporal();

const keys = {enter: '\r', tab: '\t', escape: '\u001b', down: '\u001b[B', ctrlC: '\u0003', ctrlD: '\u0004'};

let folder: string;
let server: RestartableServer;
let client: Client;
let app: AppTerminal | undefined;
let other: RunningCommand | undefined;

beforeAll(async () => {
  if (!temporal) return;
  folder = await emptyFolder();
  server = await startRestartable(temporal, join(folder, 'runs.db'));
  client = new Client({connection: await Connection.connect({address: server.address})});
});

afterEach(async () => {
  app?.kill('SIGKILL');
  await app?.exit;
  other?.child.kill('SIGKILL');
  await other?.ended;
});

afterAll(async () => {
  await client?.connection.close();
  await server?.kill();
});

/** The app on the real server, once it is connected. */
async function open(...flags: string[]): Promise<AppTerminal> {
  app = openAppTerminal({
    args: ['--address', server.address, '--task-queue', 'app', ...flags],
    cwd: folder,
    columns: 120,
    environment: {XDG_STATE_HOME: folder, DURABLE_TUI_TEST: randomUUID()},
  });
  await app.see(`server ${server.address}`);
  return app;
}

/** A run that somebody else starts: a program whose tool takes its time. */
async function startElsewhere(milliseconds: number): Promise<string> {
  const program = `await slow_append({path: 'slow.txt', line: 'a', milliseconds: ${milliseconds}}); 'elsewhere'`;
  const flags = ['--address', server.address, '--task-queue', 'app', '--no-worker'];
  other = startCommand([...flags, '-e', program], folder);
  return String((await other.line(({type}) => type === 'run')).workflowId);
}

describe('the app on a real server', () => {
  beforeEach(({skip}) => skip(!temporal, noTemporal));

  it('follows a run that somebody else has started to its end', async () => {
    const terminal = await open();
    const workflowId = await startElsewhere(3000);
    await other?.line(({activityType}) => activityType === 'faults.slow_append');
    await terminal.press('/runs', keys.enter);
    await terminal.see(new RegExp(`● ${workflowId} +running`));
    await terminal.press(keys.enter);
    await terminal.see(new RegExp(`◆ ${workflowId} running`));
    await terminal.see(/[⠋-⠿] L1 faults\.slow_append/);
    await terminal.see(new RegExp(`◆ ${workflowId} ✓ completed`));
    expect(await other?.ended).toBe(0);
    await terminal.press(keys.ctrlD);
    expect(await terminal.exit).toBe(0);
    expect(terminal.everything().join('\n')).toContain(`◆ ${workflowId} ✓ completed`);
  });

  it('leaves a run running and says how to go on with it', async () => {
    const terminal = await open('--pace', '1500');
    await terminal.press('/scenario direct', keys.enter);
    await terminal.see('✓ sandbox.write_file');
    await terminal.press(keys.ctrlD);
    await terminal.see('Leave? 1 run will wait for a worker');
    await terminal.press('y');
    expect(await terminal.exit).toBe(0);
    const left = terminal.everything().join('\n');
    const [, workflowId = ''] = /durable-tui attach (agent-\w+)/.exec(left) ?? [];
    expect((await client.workflow.getHandle(workflowId).describe()).status.name).toBe('RUNNING');
    const attached = await durableTui(['attach', workflowId, '--address', server.address], {cwd: folder});
    expect(attached.stdout).toContain(`◆ ${workflowId} ✓ completed`);
    expect(attached.code).toBe(0);
  });

  it('says that no worker polls the queue of a run, and which command starts one', async () => {
    const terminal = await open('--no-worker');
    await terminal.press('/scenario direct', keys.enter);
    await terminal.see(`No worker polls app. Start one: durable-tui worker --address ${server.address}`);
    await terminal.see(/◆ agent-\w+ running \S+ no worker polls its queue/);
    other = startCommand(['worker', '--address', server.address, '--task-queue', 'app'], folder);
    await terminal.see(/◆ agent-\w+ ✓ completed .* direct/);
    expect(terminal.screen().join('\n')).not.toContain('no worker polls its queue');
  });

  it('lives on while the server is away, and so do its runs', async () => {
    const terminal = await open('--pace', '700');
    await terminal.press('/scenario direct', keys.enter);
    await terminal.see('✓ sandbox.write_file');
    await server.kill();
    await terminal.see(`✗ No answer from ${server.address}; trying again`);
    await terminal.press('/scenario retry', keys.enter);
    await terminal.see('○ 1 waiting');
    await terminal.press('?');
    await terminal.see('Commands in the prompt');
    await terminal.press(keys.escape);
    await server.start();
    await terminal.see('The server answers again.');
    await terminal.see(`server ${server.address}`);
    await terminal.see(/✓ completed.* direct[\s\S]*✓ completed.* retry/);
    expect(terminal.output()).not.toContain('No worker polls');
  });

  it('lives on when a run is deleted while it is followed', async () => {
    const terminal = await open('--pace', '60000');
    await terminal.press('/scenario direct', keys.enter);
    await terminal.see(/turn 1 +model\.request [⠋-⠿]/);
    const [, workflowId = ''] = /◆ (agent-\w+)/.exec(terminal.screen().join('\n')) ?? [];
    const workflowExecution = {workflowId};
    await client.workflowService.deleteWorkflowExecution({namespace: 'default', workflowExecution});
    await terminal.see(`◆ ${workflowId} ✗ terminated`);
    await vi.waitFor(() => expect(client.workflow.getHandle(workflowId).describe()).rejects.toThrow());
    await terminal.press('/export', keys.enter);
    await terminal.see('The server does not know this run any more: it was deleted');
    await terminal.press('/attach agent-00000000', keys.enter);
    await terminal.see('There is no workflow "agent-00000000" on this server.');
  });

  it('shows of a history that it cannot decode what it can', async () => {
    const workflowId = 'somebody-elses';
    const input = {
      payloads: [payload('binary/encrypted', [1, 2, 3]), payload('json/plain', Buffer.from('{"cut')), {}],
    };
    await client.workflowService.startWorkflowExecution({
      namespace: 'default',
      requestId: randomUUID(),
      workflowId,
      workflowType: {name: 'toString'},
      taskQueue: {name: 'nobody'},
      input,
    });
    const terminal = await open();
    await terminal.press(`/attach ${workflowId}`, keys.enter);
    await terminal.see('started toString with 3 bytes');
    await terminal.see(`◆ ${workflowId} running`);
    await client.workflowService.signalWorkflowExecution({
      namespace: 'default',
      workflowExecution: {workflowId},
      signalName: '__proto__',
      input: {payloads: [payload('\u001b[2J', [255])]},
    });
    await terminal.see('workflow execution signaled');
    await terminal.press(keys.tab, keys.enter);
    await terminal.see('"undecodable"');
    await terminal.press(keys.escape, keys.tab, 'x', 'y');
    await terminal.see('⊘ cancel requested');
  });
});

function payload(encoding: string, data: Iterable<number>) {
  return {metadata: {encoding: Buffer.from(encoding)}, data: Uint8Array.from(data)};
}

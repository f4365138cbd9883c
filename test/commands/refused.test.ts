import {randomUUID} from 'node:crypto';
import {rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {status} from '@grpc/grpc-js';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {type EmbeddedServer, startEmbeddedServer} from '../../source/server/index.ts';
import {openAppTerminal, processesWith} from '../app/pty.ts';
import {type RestartableServer, startRestartable} from '../server/dev-server.ts';
import {findTemporal} from '../server/find-temporal.ts';
import {type CommandOutcome, durableTui, emptyFolder, jsonLines} from './command-line.ts';
import {startRefusing} from './refusing-server.ts';

const temporal = findTemporal();
let cwd: string;
let embedded: EmbeddedServer;
let real: RestartableServer | undefined;

beforeAll(async () => {
  cwd = await emptyFolder();
  embedded = await startEmbeddedServer({namespaces: ['default']});
  if (temporal !== undefined) real = await startRestartable(temporal, join(cwd, 'real.db'));
  await writeFile(join(cwd, 'large.js'), `/* ${'x'.repeat(1_200_000)} */ 1`);
});

afterAll(async () => {
  await real?.kill();
  await embedded.close();
  await rm(cwd, {recursive: true});
});

/** One line, and nothing of a library's. */
function expectOneLine(
  {code, stdout, stderr}: CommandOutcome,
  expected: {code: number; words: string},
): void {
  expect(stderr).toContain(expected.words);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stderr).not.toMatch(/Status \{|Error:|\bat .*:\d+:\d+/);
  expect({code, stdout}).toEqual({code: expected.code, stdout: ''});
}

const everyCommand = [
  ['run', 'hello'],
  ['-e', '1 + 1'],
  ['worker'],
  ['attach', 'nobody'],
  ['replay', 'nobody'],
  ['migration-demo'],
  ['migration-fuzz', '--iterations', '1'],
  ['drill', '--times', '1'],
].map((words) => [words.join(' '), words] as const);

describe.each(['embedded', 'real'])('what the %s server refuses at the start', (kind) => {
  const address = () => (kind === 'real' ? (real?.address ?? '') : embedded.address);
  const skip = kind === 'real' && temporal === undefined;

  it.skipIf(skip).each(everyCommand)('an unknown namespace: %s', async (_title, words) => {
    const outcome = await durableTui([...words, '--address', address(), '-n', 'nowhere'], {cwd});
    const said = `There is no namespace "nowhere" on ${address()}. Check --namespace, or make it: temporal`;
    expectOneLine(outcome, {code: 1, words: said});
  });

  it.skipIf(skip)('an unknown namespace, as JSON', async () => {
    const args = ['run', 'hello', '--json', '--address', address(), '-n', 'nowhere'];
    const outcome = await durableTui(args, {cwd});
    expect(jsonLines(outcome)).toEqual([
      {type: 'error', code: 1, message: expect.stringContaining('There is no namespace')},
    ]);
    expect(outcome.stderr).toBe('');
  });

  it.skipIf(skip)('a workflow id of 1,100 characters', async () => {
    for (const command of ['attach', 'replay']) {
      const outcome = await durableTui([command, 'w'.repeat(1100), '--address', address()], {cwd});
      expect(outcome.stderr.trimEnd().split('\n')).toHaveLength(1);
      expect(outcome.stderr).not.toMatch(/Status \{|Error:/);
      expect(outcome.code).toBe(1);
    }
  });

  it.skipIf(skip).each([
    ['prompt', ['run'], 'x'.repeat(1_200_000)],
    ['program', ['--program', 'large.js'], ''],
  ])('a %s over 1 MB', async (what, args, input) => {
    const outcome = await durableTui([...args, '--address', address()], {cwd, input});
    expectOneLine(outcome, {
      code: 1,
      words: `The ${what} and the agent's tools and instructions are together larger`,
    });
  });

  it.skipIf(skip)('in the app', async () => {
    const environment = {XDG_STATE_HOME: cwd, XDG_CONFIG_HOME: cwd};
    const app = openAppTerminal({args: ['--address', address(), '-n', 'nowhere'], cwd, environment});
    try {
      await app.see('There is no namespace "nowhere"');
      expect(app.everything().join('\n')).not.toContain('Status {');
    } finally {
      app.kill('SIGTERM');
      await app.exit;
    }
  });
});

describe('what no server takes', () => {
  it.each([
    ['a queue of 1,100 characters', 'q'.repeat(1100)],
    ['a queue of 400 wide characters', '日'.repeat(400)],
    ['a queue of the server’s own', '/_sys/mine'],
  ])('%s', async (_title, queue) => {
    for (const command of [['run', 'hello'], ['worker'], ['migration-demo']]) {
      const outcome = await durableTui([...command, '--task-queue', queue, '--address', embedded.address], {
        cwd,
      });
      expectOneLine(outcome, {code: 2, words: '--task-queue takes a name of at most 1000 bytes'});
    }
  });
});

describe.each([
  [
    'may not',
    {code: status.PERMISSION_DENIED, details: 'Request unauthorized.'},
    true,
    'refuses this: Request unauthorized.',
  ],
  [
    'is nobody',
    {code: status.UNAUTHENTICATED, details: 'no token'},
    false,
    'refused the credentials: check --api-key',
  ],
  [
    'is nobody there',
    {code: status.PERMISSION_DENIED, details: 'no'},
    false,
    'refused the credentials: check --api-key',
  ],
])('a server where one %s', (_title, refusal, welcomes, words) => {
  it.each(everyCommand)('%s', async (_command, command) => {
    const server = await startRefusing(refusal, welcomes);
    const outcome = await durableTui([...command, '--address', server.address], {cwd});
    server.stop();
    expectOneLine(outcome, {code: 1, words});
  });
});

describe('a host that is killed in its first second', () => {
  it.each([
    ['--in-process', '-e', '1 + 1'],
    ['--in-process', 'say hello'],
    ['migration-demo', '--in-process'],
  ])('%s %s %s', async (...args) => {
    const marker = randomUUID();
    const running = durableTui(args, {cwd, environment: {DURABLE_TUI_TEST: marker}});
    const host = await hostOf(marker);
    process.kill(host, 'SIGKILL');
    const {code, stderr} = await running;
    expect(stderr.trimEnd().split('\n').at(-1)).toMatch(
      /^durable-tui: The (process with|server|last worker).*\.$/,
    );
    expect(stderr).not.toMatch(/Error:|\bat .*:\d+:\d+/);
    expect(code).toBe(1);
  });
});

/** The second process that appears with the marker. */
async function hostOf(marker: string): Promise<number> {
  for (;;) {
    const [, host] = (await processesWith(marker)).sort((a, b) => a - b);
    if (host !== undefined) return host;
    await sleep(20);
  }
}

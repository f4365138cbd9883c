import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {Client, Connection} from '@temporalio/client';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {defaultAgent} from '../../source/agent/default-agent.ts';
import {runAgent} from '../../source/agent/run-agent.ts';
import {openAppTerminal} from '../app/pty.ts';
import {type ServerUnderTest, startEmbedded} from '../server/environment.ts';
import {type CommandOutcome, durableTui, emptyFolder, jsonLines} from './command-line.ts';

/** A window's title, the clipboard, an erased screen, an 8-bit sequence, text from right to left, nothing at all. */
const hostile = 'q\u001b]0;owned\u0007\u001b]52;c;aGk=\u0007\u001b[2J\u009b31m\u202e\u2066\u200bz';

/** What no output may have, but line feeds and tabs. */
const harmful =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/;

let server: ServerUnderTest;
let client: Client;

beforeAll(async () => {
  server = await startEmbedded();
  client = new Client({connection: await Connection.connect({address: server.address})});
});
afterAll(async () => {
  await client.connection.close();
  await server.close();
});

function expectHarmless({stdout, stderr}: CommandOutcome): void {
  expect(stdout).not.toMatch(harmful);
  expect(stderr).not.toMatch(harmful);
}

const loud = (words: string) => `
console.log(${JSON.stringify(words)});
console.error(${JSON.stringify(words)});
process.stdout.write(${JSON.stringify(words)});
process.stderr.write(Buffer.from(${JSON.stringify(words)}));
`;

describe('nothing that others say reaches the terminal raw', () => {
  it.each<[string, string[], NodeJS.ProcessEnv?]>([
    ['a queue’s name', ['--in-process', '--task-queue', hostile, 'list files']],
    ['an address', ['--address', `${hostile}:1`, 'list files']],
    ['a file’s name', ['--agent', `./${hostile}.ts`, 'list files']],
    ['a folder’s name', ['--in-process', '--save-history', `/dev/null/${hostile}`, 'list files']],
    ['a scenario’s name', ['--scenario', hostile]],
    ['a flag', [`--${hostile}`]],
    ['a flag, for programs', [`--${hostile}`, '--json']],
    ['a program’s error', ['--in-process', '-e', `throw new Error(${JSON.stringify(hostile)})`]],
    [
      'a program’s error, for programs',
      ['--in-process', '--json', '-e', `throw new Error(${JSON.stringify(hostile)})`],
    ],
    ['a variable', ['list files'], {TEMPORAL_ADDRESS: `${hostile}:1`}],
    ['a profile', ['--profile', hostile, 'list files']],
  ])('%s', async (_title, args, environment = {}) => {
    const outcome = await durableTui([...args, '--debug'], {environment});
    expectHarmless(outcome);
    expect(outcome.stdout + outcome.stderr).toMatch(/q/);
  });

  it('what a module prints, and the stack of what it throws', async () => {
    const cwd = await emptyFolder();
    await writeFile(join(cwd, 'loud.ts'), `${loud(hostile)}\nthrow new Error(${JSON.stringify(hostile)});`);
    const outcome = await durableTui(['--in-process', '--debug', '--capability', './loud.ts', 'list files'], {
      cwd,
    });
    expectHarmless(outcome);
    expect(outcome.stderr).toMatch(/does not load: qz/);
    expect(outcome.code).toBe(2);
  });

  it('ids, queues and answers of a run, in words and as JSON that says them exactly', async () => {
    const workflowId = `team/${hostile}`;
    const options = {taskQueue: hostile, workflowId};
    const answer = runAgent(client, defaultAgent, `say ${hostile}`, options);
    const flags = ['--address', server.address, '--debug', '--save-history', 'histories'];
    const cwd = await emptyFolder();
    const json = await durableTui(['attach', workflowId, '--json', ...flags], {cwd});
    expectHarmless(json);
    expect(jsonLines(json).at(-1)).toMatchObject({
      workflowId,
      status: 'completed',
      answer: (await answer).answer,
    });
    const text = await durableTui(['attach', workflowId, ...flags], {cwd});
    expectHarmless(text);
    expect(text.stdout).toContain('◆ team/qz ✓ completed');
    const unknown = await durableTui(['attach', `${workflowId}2`, '--address', server.address]);
    expectHarmless(unknown);
    expect(unknown.stderr).toContain('There is no workflow "team/qz2"');
    expectHarmless(await durableTui(['replay', 'histories', '--debug'], {cwd}));
  });

  it('in the app', async () => {
    const app = openAppTerminal({
      args: ['--address', server.address, '--task-queue', hostile],
      cwd: await emptyFolder(),
      columns: 120,
      environment: {NO_HISTORY: '1'},
    });
    try {
      await app.see('queue qz');
      await app.press('list', '\r');
      await app.see(/✓ completed/);
      // What Ink and the canvas write themselves is none of these.
      for (const part of ['owned', '\u001b]0', '\u001b]52', '\u202e', '\u2066', '\u200b', '\u009b'])
        expect(app.output()).not.toContain(part);
    } finally {
      app.kill('SIGKILL');
      await app.exit;
    }
  });
});

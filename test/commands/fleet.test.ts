import {readdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, beforeEach, describe, expect, it} from 'vitest';
import {type ServerUnderTest, startReal} from '../server/environment.ts';
import {findTemporal, noTemporal} from '../server/find-temporal.ts';
import {durableTui, emptyFolder, jsonLines} from './command-line.ts';
import {startCommand} from './running-command.ts';

const temporal = findTemporal();

let real: ServerUnderTest | undefined;
beforeAll(async () => {
  real = temporal ? await startReal(temporal) : undefined;
});
afterAll(() => real?.close());

describe.concurrent.each(['embedded', 'real'])('on the %s server', (name) => {
  beforeEach(({skip}) => skip(name === 'real' && !temporal, noTemporal));

  const server = () => (name === 'real' ? ['--address', String(real?.address)] : ['--in-process']);

  it('migration-fuzz checks every run and counts subagents on other processes', async ({expect}) => {
    const args = ['migration-fuzz', '--iterations', '2', '--workers', '2', '--max-n', '3', '--seed', '7'];
    const outcome = await durableTui([...args, '--json', ...server()]);
    const lines = jsonLines(outcome);
    expect(lines[0]).toMatchObject({type: 'fuzz', seed: 7});
    expect(lines[0]?.workers).toHaveLength(2);
    const iterations = lines.filter(({type}) => type === 'iteration');
    // The same seed gives the same shapes, on every server.
    expect(iterations.map(({kind, spawns, writes}) => `${kind} ${spawns} ${writes}`)).toEqual([
      'direct-spawns 2 0',
      'direct-spawns 2 0',
      'ptc-spawns 2 0',
      'ptc-spawns 1 0',
      'ptc-mixed 1 1',
      'ptc-mixed 2 1',
    ]);
    expect(iterations.flatMap(({problems}) => problems)).toEqual([]);
    expect(lines.at(-1)).toMatchObject({
      type: 'result',
      status: 'completed',
      families: [
        {kind: 'direct-spawns', runs: 2, children: 4, right: 2},
        {kind: 'ptc-spawns', runs: 2, children: 3, right: 2},
        {kind: 'ptc-mixed', runs: 2, children: 3, right: 2},
      ],
    });
    expect(outcome.code).toBe(0);
  });

  it('a drill kills workers and nothing is lost or doubled', async ({expect}) => {
    const at = name === 'real' ? ['--at', 'tool'] : [];
    const outcome = await durableTui(['drill', '--json', ...at, ...server()]);
    const lines = jsonLines(outcome);
    const kills = lines.filter(({type}) => type === 'kill');
    expect(kills.map((kill) => kill.at)).toEqual(
      name === 'real' ? ['tool'] : ['model', 'tool', 'child', 'ptc'],
    );
    for (const kill of kills) {
      expect(kill).toMatchObject({doubled: [], lost: []});
      expect(kill.runAgain).toContain(kill.activityId);
      expect(kill.seconds).toBeGreaterThan(0);
      expect(kill.after).not.toBe(kill.before);
    }
    expect(lines.at(-1)).toMatchObject({type: 'result', status: 'completed', doubled: 0, lost: 0});
    expect(outcome.code).toBe(0);
  });
});

it('migration-demo names the worker of each step, and replay proves its histories', async () => {
  const cwd = await emptyFolder();
  const demo = await durableTui(['migration-demo', '--in-process', '--save-history', 'h'], {cwd});
  const tree = demo.stdout.split('\n');
  expect(tree.filter((line) => line.includes('◆ '))).toHaveLength(7);
  for (const line of tree.filter((row) => /◆ |model\.request|write_file/.test(row))) {
    expect(line).toMatch(/ @\d+@/);
  }
  expect(demo.stdout).toMatch(/\d of 6 subagents landed on another worker than their parent\./);
  expect(demo.stdout).toContain('This code replays them: durable-tui replay h');
  expect(demo.code).toBe(0);
  const same = await durableTui(['replay', 'h'], {cwd});
  expect(same.stdout).toContain('Replayed 7 histories: this code does the same.');
  expect(same.code).toBe(0);

  const [root = ''] = (await readdir(join(cwd, 'h'))).filter((file) => !file.includes('%'));
  const changed = (await readFile(join(cwd, 'h', root), 'utf8')).replace(
    /("name": *)"sandbox.write_file"/,
    '$1"sandbox.read_file"',
  );
  await writeFile(join(cwd, 'changed.json'), changed);
  const differs = await durableTui(['replay', 'changed.json', '--json'], {cwd});
  const [line, result] = jsonLines(differs);
  expect(line).toMatchObject({type: 'replay', same: false, at: expect.stringMatching(/^event \d+/)});
  expect(result).toMatchObject({type: 'result', status: 'failed', different: 1});
  expect(differs.code).toBe(1);
});

it('a fuzz whose workers all die says so and ends', async () => {
  const cwd = await emptyFolder();
  const args = ['migration-fuzz', '--workers', '2', '--iterations', '1000', '--in-process'];
  const fuzz = startCommand(args, cwd);
  const {workers} = await fuzz.line(({type}) => type === 'fuzz');
  await fuzz.line(({type}) => type === 'iteration');
  for (const identity of workers as string[]) process.kill(Number.parseInt(identity, 10), 'SIGKILL');
  const {message} = await fuzz.line(({type}) => type === 'error');
  expect(message).toMatch(/^No worker is left: the last one’s process ended\. agent-\w+ is lost: /);
  expect(await fuzz.ended).toBe(1);
});

it.each([
  [['migration-fuzz', '--workers', '0'], '--workers takes 1 to 32; it got 0.'],
  [['migration-fuzz', '--max-n', '1000'], '--max-n takes 1 to 64; it got 1000.'],
  [['migration-fuzz', '--kind', 'x'], '--kind takes direct-spawns, ptc-spawns, ptc-mixed; it got "x".'],
  [['drill', '--at', 'noon'], '--at takes model, tool, child, ptc; it got "noon".'],
  [['drill', '--seed', '1'], 'durable-tui drill takes no --seed: it belongs to migration-fuzz.'],
  [['replay', 'missing.json'], 'missing.json cannot be read.'],
  [['replay'], 'Usage: durable-tui replay <file|workflow-id>…'],
])('%j is wrong usage', async (args, words) => {
  const outcome = await durableTui(args);
  expect(outcome.stderr).toContain(words);
  expect(outcome.code).toBe(2);
});

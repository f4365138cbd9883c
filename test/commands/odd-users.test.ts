import {execFile} from 'node:child_process';
import {chown, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {promptHistory} from '../../source/app/effects/prompt-history.ts';
import {type EmbeddedServer, startEmbeddedServer} from '../../source/server/index.ts';
import {cleanEnvironment, durableTui, emptyFolder} from './command-line.ts';

const bin = new URL('../../dist/source/bin.cjs', import.meta.url).pathname;
let cwd: string;
let server: EmbeddedServer;

beforeAll(async () => {
  cwd = await emptyFolder();
  server = await startEmbeddedServer({namespaces: ['default']});
});

afterAll(async () => {
  await server.close();
  await rm(cwd, {recursive: true});
});

/** Where nothing can be kept, runs go on as ever. */
const homes = {
  'that is /proc': {HOME: '/proc', XDG_CACHE_HOME: '', XDG_CONFIG_HOME: '', XDG_STATE_HOME: ''},
  'with folders in /proc': {XDG_CACHE_HOME: '/proc/x', XDG_CONFIG_HOME: '/proc/x', XDG_STATE_HOME: '/proc/x'},
  'that is not there': {HOME: '/nonexistent/x', XDG_CACHE_HOME: '', XDG_CONFIG_HOME: '', XDG_STATE_HOME: ''},
  'that is empty': {HOME: '', XDG_CACHE_HOME: '', XDG_CONFIG_HOME: '', XDG_STATE_HOME: ''},
};

describe.skipIf(process.platform !== 'linux').each(Object.entries(homes))('a home %s', (_title, home) => {
  const environment = {...home, NODE_COMPILE_CACHE: ''};

  it('is no obstacle to a run', async () => {
    const outcome = await durableTui(['--in-process', '-q', '-e', '6 * 7'], {cwd, environment});
    expect(outcome).toEqual({code: 0, stdout: '42\n', stderr: ''});
  });
});

it.skipIf(process.platform !== 'linux')(
  'prompts that cannot be kept are said to be, and hold nothing',
  async () => {
    await expect(promptHistory('/proc/x/durable-tui').append('a')).rejects.toThrow('ENOENT');
  },
);

describe.skipIf(process.platform !== 'linux' || process.getuid?.() !== 0)('a user without an entry', () => {
  async function asNobody(...args: string[]): Promise<string> {
    const {HOME: _home, USER: _user, LOGNAME: _name, ...env} = cleanEnvironment();
    const as = ['--reuid=54321', '--regid=54321', '--clear-groups', process.execPath, bin];
    const folder = await mkdtemp('/tmp/durable-tui-nobody-');
    await chown(folder, 54_321, 54_321);
    const ended = promisify(execFile)('setpriv', [...as, ...args], {
      cwd: folder,
      env: {...env, TMPDIR: folder},
    });
    const {stdout, stderr} = await ended.finally(() => rm(folder, {recursive: true}));
    return stdout + stderr;
  }

  it('runs offline', async () => {
    expect(await asNobody('--in-process', '-q', '-e', '6 * 7')).toBe('42\n');
  });

  it('has a task queue of their own on a server that is there', async () => {
    const printed = await asNobody('-e', '6 * 7', '--address', server.address);
    expect(printed).toContain('queue durable-agents-54321-');
    expect(printed).toContain('✓ completed');
  });
});

describe('a config file without a server', () => {
  it.each([
    ['empty', '', [], 'names no server: add an address to its profile, or give --address.'],
    ['of comments', '# nothing\n', [], 'names no server'],
    ['without tables', 'x = 1\n', [], 'names no server'],
    ['empty, and a profile', '', ['--profile', 'x'], 'There is no profile "x" in '],
    ['with an empty profile', '[profile.x]\n', ['--profile', 'x'], 'The profile "x" has no address.'],
  ])('%s', async (title, text, flags, words) => {
    const file = join(cwd, `${title.replaceAll(/\W+/g, '-')}.toml`);
    await writeFile(file, text);
    const outcome = await durableTui(['run', 'hello', '--config-file', file, ...flags], {cwd});
    expect(outcome).toMatchObject({code: 2, stdout: ''});
    expect(outcome.stderr).toContain(words);
    expect(outcome.stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('is no obstacle where another place names one', async () => {
    const file = join(cwd, 'none.toml');
    await writeFile(file, '');
    const environment = {TEMPORAL_CONFIG_FILE: file};
    const args = ['attach', 'nobody', '--address', server.address];
    const {stderr} = await durableTui(args, {cwd, environment});
    expect(stderr).toContain('There is no workflow "nobody"');
  });
});

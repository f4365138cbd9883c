import {chmod, mkdir, writeFile} from 'node:fs/promises';
import {createServer} from 'node:net';
import {join} from 'node:path';
import {beforeAll, describe, expect, it} from 'vitest';
import {durableTui, emptyFolder, jsonLines} from './command-line.ts';

let cwd: string;

beforeAll(async () => {
  cwd = await emptyFolder();
  await writeFile(join(cwd, 'a-file'), '');
  await writeFile(join(cwd, 'broken.ts'), 'export const = 1;');
  await writeFile(join(cwd, 'broken.js'), '\nexport const = 1;');
  await writeFile(join(cwd, 'indirect.ts'), "import './broken.ts';");
  await writeFile(join(cwd, 'throwing.ts'), 'const nothing: any = null;\n\nnothing.x;\nexport {};');
  await writeFile(join(cwd, 'empty.ts'), 'export const nothing = 1;');
  await writeFile(join(cwd, 'duplicate.ts'), capability('write_file'));
  await writeFile(join(cwd, 'bad-name.ts'), capability('Write-File'));
  await mkdir(join(cwd, 'no-temporal'));
});

const wrongUsage = 2;
const failed = 1;

describe.concurrent('wrong input is one line that says what to do', () => {
  it.for<[args: string[], code: number, words: string]>([
    [
      ['--scenario', 'nonsense'],
      wrongUsage,
      'There is no scenario "nonsense". The scenarios are: direct, parallel',
    ],
    [['--nonsense'], wrongUsage, 'There is no flag --nonsense.'],
    [['--capability', './missing.ts', 'say x'], wrongUsage, './missing.ts cannot be read.'],
    [['--capability', './broken.ts', 'say x'], wrongUsage, './broken.ts does not load: Unexpected token'],
    [['--capability', './broken.ts', 'say x'], wrongUsage, '(broken.ts:1)\n'],
    [['--capability', './indirect.ts', 'say x'], wrongUsage, '(broken.ts:1)\n'],
    [['--capability', './broken.js', 'say x'], wrongUsage, "Unexpected token '=' (broken.js:2)\n"],
    [['--agent', './throwing.ts', 'say x'], wrongUsage, "of null (reading 'x') (throwing.ts:3)\n"],
    [['--capability', './empty.ts', 'say x'], wrongUsage, './empty.ts has no capability'],
    [['--capability', './duplicate.ts', 'say x'], wrongUsage, 'Two tools are named "write_file"'],
    [['--capability', './bad-name.ts', 'say x'], wrongUsage, '"Write-File" cannot be a name'],
    [['--agent', './empty.ts', 'say x'], wrongUsage, './empty.ts has no agent'],
    [['--program', './missing.js'], wrongUsage, 'The program ./missing.js cannot be read.'],
    [
      ['--sandbox', './a-file', 'say x'],
      wrongUsage,
      'cannot be written. Choose another folder with --sandbox.',
    ],
    [['--save-history', './a-file', 'say x'], wrongUsage, 'Choose another folder with --save-history.'],
    [['--address', '127.0.0.1:1', 'say x'], failed, 'No Temporal server answers at 127.0.0.1:1.'],
    [['--address', 'nonsense', 'say x'], wrongUsage, '"nonsense" is not an address'],
    [['--no-start-dev-server', '--address', '127.0.0.1:1', 'say x'], failed, 'No Temporal server answers'],
    [['--model', 'gpt-5.5', 'say x'], wrongUsage, 'OPENAI_API_KEY is not set'],
    [
      ['--model', 'mistral', 'say x'],
      wrongUsage,
      'It is taken for openai:mistral; the other provider’s would be anthropic:mistral.',
    ],
    [['--model', 'scriptd', 'say x'], wrongUsage, 'There is no model "scriptd". Did you mean scripted?'],
    [['--model', 'nonsense:x', 'say x'], wrongUsage, 'Unknown model prefix "nonsense"'],
    [['--program', './a-file', '-e', '1'], wrongUsage, 'Give one thing to run'],
    [['--no-worker', 'say x'], wrongUsage, '--no-worker needs a server that has workers'],
    [['scenario'], wrongUsage, 'Did you mean scenarios?'],
    [['  '], wrongUsage, 'The prompt is empty.'],
    [
      ['--config-file', './missing.toml', 'say x'],
      wrongUsage,
      '--config-file: ./missing.toml cannot be read.',
    ],
    [
      ['--in-process', '--address', '127.0.0.1:1', 'say x'],
      wrongUsage,
      '--in-process and --address name two servers.',
    ],

    [[], wrongUsage, 'What should run?'],
  ])('%j', async ([args, code, words]) => {
    const server = args.includes('--address') || args.includes('--config-file') ? [] : ['--in-process'];
    const outcome = await durableTui([...server, ...args], {cwd});
    expect(outcome.stdout).toBe('');
    expect(outcome.stderr).toContain(words);
    expect(outcome.stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(outcome.stderr).not.toMatch(/\n\s+at /);
    expect(outcome.code).toBe(code);
  });

  it('a port in use', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const {port} = taken.address() as {port: number};
    const outcome = await durableTui(['--in-process', '--port', String(port), 'say x'], {cwd});
    taken.close();
    expect(outcome).toMatchObject({code: failed, stdout: ''});
    expect(outcome.stderr).toContain(`Port ${port} is in use.`);
    expect(outcome.stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('an address that another program has', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const {port} = other.address() as {port: number};
    const outcome = await durableTui(['--address', `127.0.0.1:${port}`, 'say x'], {cwd});
    other.close();
    expect(outcome).toMatchObject({code: failed, stdout: ''});
    expect(outcome.stderr).toContain('Another program has that port');
    expect(outcome.stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it.skipIf(process.platform !== 'linux')('a folder where none can be made', async () => {
    const outcome = await durableTui(['--in-process', '--sandbox', '/proc/x/y', 'say x'], {cwd});
    expect(outcome).toMatchObject({code: wrongUsage, stdout: ''});
    expect(outcome.stderr).toContain('/proc/x/y cannot be written. Choose another folder with --sandbox.');
  });

  it('help for a command that does not exist', async () => {
    const outcome = await durableTui(['help', 'scenaros'], {cwd});
    expect(outcome).toMatchObject({code: wrongUsage, stdout: ''});
    expect(outcome.stderr).toContain(
      'There is no command "scenaros". Did you mean scenarios? The commands are: run,',
    );
  });

  it('no temporal on PATH: the embedded server, and the output says so', async () => {
    const outcome = await durableTui(['--json', '-e', '1 + 1'], {
      environment: {PATH: join(cwd, 'no-temporal')},
    });
    expect(jsonLines(outcome)[0]).toMatchObject({server: 'embedded'});
    expect(outcome.code).toBe(0);
  });

  it('a program that does not parse fails with its line and makes no call', async () => {
    const outcome = await durableTui(['--in-process', '--json', '-e', 'await list_files({});\nconst = 1;']);
    expect(jsonLines(outcome).at(-1)).toMatchObject({
      type: 'result',
      status: 'failed',
      error: expect.stringContaining('SyntaxError'),
    });
    expect(outcome.stdout).not.toContain('sandbox.list_files');
    expect(outcome.code).toBe(failed);
  });

  it('with --json, too, as one object', async () => {
    const outcome = await durableTui(['--json', '--scenario', 'nonsense'], {cwd});
    expect(jsonLines(outcome)).toEqual([
      {type: 'error', code: wrongUsage, message: expect.stringContaining('There is no scenario')},
    ]);
    expect(outcome.stderr).toBe('');
  });

  it('two kinds of output at once', async () => {
    const outcome = await durableTui(['--in-process', '-q', '-o', 'jsonl', 'say x'], {cwd});
    expect(jsonLines(outcome)).toEqual([
      {type: 'error', code: wrongUsage, message: expect.stringContaining('--quiet prints only the answer')},
    ]);
  });

  it('a sandbox without permission', {skip: process.getuid?.() === 0}, async () => {
    const locked = join(await emptyFolder(), 'locked');
    await mkdir(locked);
    await chmod(locked, 0o500);
    const outcome = await durableTui(['--in-process', '--sandbox', locked, 'say x']);
    expect(outcome).toMatchObject({code: wrongUsage, stderr: expect.stringContaining('cannot be written')});
  });
});

function capability(toolName: string): string {
  return `import {defineCapability, tool} from 'durable-tui';
import {z} from 'zod';
export const extra = defineCapability({
  name: 'extra',
  tools: {'${toolName}': tool({description: 'Extra.', input: z.object({}), run: async () => 1})},
});
`;
}

import {type ExecFileOptions, execFile} from 'node:child_process';
import {readFile, stat, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {beforeAll, describe, expect, it} from 'vitest';
import {emptyFolder} from '../commands/command-line.ts';

const execute = promisify(execFile);
const root = join(import.meta.dirname, '..', '..');

interface Packed {
  filename: string;
  unpackedSize: number;
  files: {path: string}[];
}

let packed: Packed;
let folder: string;

/** npm keeps its compiled code in the temporary folder of all, unless it is told where. */
function run(program: string, words: string[], options: ExecFileOptions = {}) {
  const env = {...process.env, NODE_COMPILE_CACHE: join(folder, '.compiled')};
  return execute(program, words, {...options, env, encoding: 'utf8'});
}

beforeAll(async () => {
  folder = await emptyFolder();
  // What npm packs is what the build left: `--ignore-scripts` keeps it from building again below running tests.
  const {stdout} = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: root,
  });
  const output = JSON.parse(stdout) as Packed[] | Record<string, Packed>;
  packed = Object.values(output)[0] as Packed;
});

describe('the packed tarball', () => {
  it('has what runs and nothing else', () => {
    const unexpected = packed.files
      .map(({path}) => path)
      .filter(
        (path) => !path.startsWith('dist/') && !['package.json', 'README.md', 'LICENSE'].includes(path),
      );
    expect(unexpected).toEqual([]);
    expect(packed.files.map(({path}) => path)).toEqual(
      expect.arrayContaining([
        'dist/workflow-bundle.js',
        'dist/source/bin.cjs',
        'dist/source/index.d.ts',
        'LICENSE',
      ]),
    );
    expect(packed.unpackedSize).toBeLessThanOrEqual(2_000_000);
  });

  it('has a bin that can be run after every build', async () => {
    const {mode} = await stat(join(root, 'dist', 'source', 'bin.cjs'));
    expect(mode & 0o111).toBe(0o111);
  });

  it('names no path of the machine that built it', async () => {
    for (const {path} of packed.files) {
      const text = await readFile(join(root, path), 'utf8');
      expect(text.includes(root), path).toBe(false);
    }
  });

  it('installs in an empty folder and runs there', {timeout: 300_000}, async () => {
    await writeFile(join(folder, 'package.json'), '{"private": true}');
    const install = [
      'install',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--prefer-offline',
      packed.filename,
    ];
    await run('npm', install, {cwd: folder});
    const {stdout} = await run('npx', ['durable-tui', '--in-process', '--scenario', 'direct'], {cwd: folder});
    expect(stdout).toContain('The plan is in direct/plan.md.');
    expect(stdout).toContain('✓ sandbox.write_file direct/plan.md');
    const program = "await save_note({title: 'a', body: 'b'})";
    await writeFile(join(folder, 'notes.ts'), await notesExample());
    await run('npx', ['durable-tui', '--in-process', '--capability', './notes.ts', '-e', program], {
      cwd: folder,
    });
    expect(await readFile(join(folder, '.demo-sandbox', 'a.txt'), 'utf8')).toBe('b');
  });
});

describe('an old Node', () => {
  it('gets one line and exit code 2', async () => {
    const bin = await readFile(join(root, 'dist/source/bin.cjs'), 'utf8');
    const pretend = `Object.defineProperty(process.versions, 'node', {value: '20.20.2'});\n`;
    const path = join(folder, 'old-node.cjs');
    await writeFile(path, pretend + bin.replace(/^#!.*\n/, ''));
    const error = await run(process.execPath, [path]).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: 2,
      stderr:
        'durable-tui needs Node 22.18 or newer; this is Node 20.20.2. Install a current Node and try again.\n',
    });
  });
});

/** The README's own example of a capability. */
async function notesExample(): Promise<string> {
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  return /```ts\n(\/\/ notes\.ts\n[\s\S]*?)```/.exec(readme)?.[1] ?? '';
}

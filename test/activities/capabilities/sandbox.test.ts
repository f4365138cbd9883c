import {execFile, fork} from 'node:child_process';
import {once} from 'node:events';
import {
  chmod,
  chown,
  link,
  lstat,
  mkdir,
  readdir,
  readFile,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {CancelledFailure} from '@temporalio/common';
import {MockActivityEnvironment} from '@temporalio/testing';
import {DefaultLogger} from '@temporalio/worker';
import {beforeEach, describe, expect, it} from 'vitest';
import {appendOnce} from '../../../activities/append-once.ts';
import {sandbox as capability} from '../../../activities/capabilities/sandbox.ts';
import {type RunnableTool, toolActivity} from '../../../activities/tool-activity.ts';
import {emptyFolder} from '../../temporary-folder.ts';

let sandbox: string;

beforeEach(async () => {
  sandbox = await emptyFolder();
});

type ToolName = keyof typeof capability.tools;

/** Runs a tool as the activity that a worker makes of it. */
function call(name: ToolName, input: object, environment = attempt(1)): Promise<unknown> {
  const tool = capability.tools[name] as RunnableTool;
  const activity = toolActivity(name, tool, {sandbox, heartbeatInterval: 1000}, async () => 'first');
  return environment.run(activity, input);
}

const attempt = (attempt: number) =>
  new MockActivityEnvironment({attempt}, {logger: new DefaultLogger('ERROR')});
const append = (path: string, line: string, attempt = 1) =>
  appendOnce(
    {
      signal: new AbortController().signal,
      idempotencyKey: 'key',
      callId: 't1.c1',
      attempt,
      workflowId: 'agent',
      sandbox,
      heartbeat() {},
    },
    path,
    line,
  );
const write = (path: string, text: string) => writeFile(join(sandbox, path), text);
const read = (path: string) => readFile(join(sandbox, path), 'utf8');

describe('write_file', () => {
  it('makes folders, replaces a file, and leaves nothing else', async () => {
    expect(await call('write_file', {path: 'a/b.txt', content: 'old'})).toBe('a/b.txt');
    expect(await call('write_file', {path: 'a/b.txt', content: 'new'})).toBe('a/b.txt');
    expect(await read('a/b.txt')).toBe('new');
    expect(await readdir(join(sandbox, 'a'))).toEqual(['b.txt']);
  });

  it('leaves the old file and nothing else where it is cancelled', async () => {
    await write('a.txt', 'old');
    const environment = attempt(1);
    environment.cancel('CANCELLED');
    const written = call('write_file', {path: 'a.txt', content: 'x'.repeat(900_000)}, environment);
    await expect(written).rejects.toThrow(CancelledFailure);
    await expect.poll(() => readdir(sandbox)).toEqual(['a.txt']);
    expect(await read('a.txt')).toBe('old');
  });
});

describe('read_file', () => {
  it('reads a text', async () => {
    await write('a.txt', 'Grüße\n');
    expect(await call('read_file', {path: 'a.txt'})).toBe('Grüße\n');
  });
});

describe('list_files', () => {
  it('lists files below a folder', async () => {
    await mkdir(join(sandbox, 'folder'));
    await write('folder/b.txt', '');
    await write('a.txt', '');
    expect(await call('list_files', {})).toEqual(['a.txt', 'folder/b.txt']);
    expect(await call('list_files', {path: 'folder'})).toEqual(['folder/b.txt']);
    expect(await call('list_files', {path: 'nothing'})).toEqual([]);
  });
});

describe('edit_file', () => {
  it.each([
    ['a foo b', 'foo', 'bar', 'a bar b'],
    ['a foo b', 'foo', 'foobar', 'a foobar b'],
    ['a foo b', 'foo', 'foo foo', 'a foo foo b'],
    ['a foo b', ' foo', '', 'a b'],
    ['bar foo', 'foo', 'bar', 'bar bar'],
    ['$& foo', 'foo', '$&', '$& $&'],
  ])(
    'in %j replaces %j by %j, and no second time on another attempt',
    async (text, before, after, edited) => {
      await write('a.txt', text);
      const input = {path: 'a.txt', old_text: before, new_text: after};
      expect(await call('edit_file', input)).toBe('a.txt');
      expect(await read('a.txt')).toBe(edited);
      expect(await call('edit_file', input, attempt(2))).toBe('a.txt');
      expect(await read('a.txt')).toBe(edited);
    },
  );

  it('edits on a second attempt where the first did nothing', async () => {
    await write('a.txt', 'new old');
    await call('edit_file', {path: 'a.txt', old_text: 'old', new_text: 'new'}, attempt(2));
    expect(await read('a.txt')).toBe('new new');
  });

  it('reports no success on a second attempt where the first did nothing and nothing is to be done', async () => {
    await write('a.txt', 'new');
    const edit = call('edit_file', {path: 'a.txt', old_text: 'old', new_text: 'new'}, attempt(2));
    await expect(edit).rejects.toThrow('old_text does not occur');
  });

  it('edits on a second attempt where the first was killed before it replaced the file', async () => {
    await write('a.txt', 'new old');
    const input = {path: 'a.txt', old_text: 'old', new_text: 'new'};
    await call('edit_file', input);
    // What is there when the process ends just before: the receipt, the new content beside, the old file.
    const [key] = (await readdir(join(sandbox, '.~calls'))).filter((name) => /^[0-9a-f]{32}$/.test(name));
    await write(`.~${key}.1`, 'new new');
    await write('a.txt', 'new old and more');
    await call('edit_file', input, attempt(2));
    expect(await read('a.txt')).toBe('new new and more');
    expect((await readdir(sandbox)).sort()).toEqual(['.~calls', 'a.txt']);
  });

  it('keeps what calls have done out of sight of lists and of version control', async () => {
    await write('a.txt', 'old');
    await call('edit_file', {path: 'a.txt', old_text: 'old', new_text: 'new'});
    expect(await call('list_files', {})).toEqual(['a.txt']);
    expect(await read('.~calls/.gitignore')).toBe('*\n');
  });

  it('keeps a byte order mark', async () => {
    await write('a.txt', '\ufeffold');
    await call('edit_file', {path: 'a.txt', old_text: 'old', new_text: 'new'});
    expect(await read('a.txt')).toBe('\ufeffnew');
  });

  it.each([
    ['an old_text that is nowhere, whose new_text is there', 'wrong', 'one', 'old_text does not occur'],
    ['an old_text that occurs more than once', 'one', 'two', 'old_text occurs 2 times'],
    ['an empty old_text', '', 'two', 'old_text is empty'],
  ])('refuses %s', async (_, before, after, message) => {
    await write('a.txt', 'one one');
    const edit = call('edit_file', {path: 'a.txt', old_text: before, new_text: after});
    await expect(edit).rejects.toThrow(message);
    expect(await read('a.txt')).toBe('one one');
  });
});

describe('delete_file', () => {
  it('says whether there was one', async () => {
    await write('a.txt', '');
    expect(await call('delete_file', {path: 'a.txt'})).toBe(true);
    expect(await call('delete_file', {path: 'a.txt'})).toBe(false);
    expect(await readdir(sandbox)).toEqual([]);
  });
});

describe('bytes that are no UTF-8', () => {
  const bytes = Buffer.from([0x6f, 0x6c, 0x64, 0xff, 0xfe]);

  it.each([
    ['read_file', {path: 'a.bin'}],
    ['edit_file', {path: 'a.bin', old_text: 'old', new_text: 'new'}],
  ] as const)('%s refuses and keeps them', async (name, input) => {
    await writeFile(join(sandbox, 'a.bin'), bytes);
    await expect(call(name, input)).rejects.toMatchObject({
      type: 'ToolExecutionError',
      message: '"a.bin" is no text in UTF-8 (5 bytes).',
    });
    expect(await readFile(join(sandbox, 'a.bin'))).toEqual(bytes);
  });

  it.each([
    ['write_file', {path: 'a.txt', content: 'new \ud800'}],
    ['edit_file', {path: 'a.txt', old_text: 'old', new_text: 'new \ud800'}],
  ] as const)('%s does not make them of half a surrogate pair', async (name, input) => {
    await write('a.txt', 'old');
    await expect(call(name, input)).rejects.toMatchObject({
      type: 'ToolValidationError',
      message: expect.stringContaining('half of a surrogate pair'),
    });
    expect(await read('a.txt')).toBe('old');
  });
});

describe('mode and owner', () => {
  const change: [ToolName, object][] = [
    ['write_file', {content: 'new'}],
    ['edit_file', {old_text: 'old', new_text: 'new'}],
  ];

  it.each(
    change.flatMap(([name, input]) => [0o755, 0o600, 0o444].map((mode) => [name, mode, input] as const)),
  )('%s keeps mode %o', async (name, mode, input) => {
    await write('a.sh', 'old');
    await chmod(join(sandbox, 'a.sh'), mode);
    await call(name, {path: 'a.sh', ...input});
    expect(await read('a.sh')).toBe('new');
    expect((await stat(join(sandbox, 'a.sh'))).mode & 0o7777).toBe(mode);
  });

  it.skipIf(process.getuid?.() !== 0).each(change)(
    '%s keeps another owner (as root)',
    async (name, input) => {
      await write('a.txt', 'old');
      await chown(join(sandbox, 'a.txt'), 4321, 4322);
      await call(name, {path: 'a.txt', ...input});
      expect(await stat(join(sandbox, 'a.txt'))).toMatchObject({uid: 4321, gid: 4322});
    },
  );

  it.each(change)('%s leaves another name of the file alone', async (name, input) => {
    const folder = await emptyFolder();
    await writeFile(join(folder, 'other.txt'), 'old');
    await link(join(folder, 'other.txt'), join(sandbox, 'a.txt'));
    await call(name, {path: 'a.txt', ...input});
    expect(await readFile(join(folder, 'other.txt'), 'utf8')).toBe('old');
  });
});

describe('only regular files are opened', () => {
  const tools: [ToolName, object][] = [
    ['write_file', {content: 'a'}],
    ['read_file', {}],
    ['edit_file', {old_text: 'a', new_text: 'b'}],
  ];

  it.each(tools)('%s refuses a pipe, and the worker goes on', async (name, input) => {
    await promisify(execFile)('mkfifo', [join(sandbox, 'pipe')]);
    await write('a.txt', 'a');
    // More than there are threads that could be held.
    const calls = Array.from({length: 8}, () => call(name, {path: 'pipe', ...input}));
    for (const outcome of await Promise.allSettled(calls)) {
      expect(outcome).toMatchObject({
        status: 'rejected',
        reason: {type: 'ToolExecutionError', message: '"pipe" is no regular file.'},
      });
    }
    expect(await call('read_file', {path: 'a.txt'})).toBe('a');
  });

  it('appends to none, either', async () => {
    await promisify(execFile)('mkfifo', [join(sandbox, 'pipe')]);
    await expect(append('pipe', 'line')).rejects.toThrow('"pipe" is no regular file.');
  });

  it('deletes a pipe without opening it', async () => {
    await promisify(execFile)('mkfifo', [join(sandbox, 'pipe')]);
    expect(await call('delete_file', {path: 'pipe'})).toBe(true);
  });

  it('reads no more than can be returned', async () => {
    await write('huge.txt', '');
    await truncate(join(sandbox, 'huge.txt'), 1e12);
    const read = call('read_file', {path: 'huge.txt'});
    await expect(read).rejects.toMatchObject({
      type: 'ToolExecutionError',
      message: '"huge.txt" has 1000000000000 bytes; at most 1000000 can be read.',
    });
    const edit = call('edit_file', {path: 'huge.txt', old_text: 'a', new_text: 'b'});
    await expect(edit).rejects.toThrow('has 1000000000000 bytes');
    await expect(append('huge.txt', 'line')).rejects.toThrow('has 1000000000000 bytes');
  });
});

describe('a link', () => {
  it('is deleted itself, wherever it leads', async () => {
    await write('a.txt', 'a');
    await symlink('a.txt', join(sandbox, 'inside'));
    await symlink('/etc/passwd', join(sandbox, 'outside'));
    await symlink('nothing', join(sandbox, 'dangling'));
    for (const path of ['inside', 'outside', 'dangling']) {
      expect(await call('delete_file', {path})).toBe(true);
    }
    expect(await readdir(sandbox)).toEqual(['a.txt']);
  });

  it('that leads into the sandbox is followed, and stays', async () => {
    await mkdir(join(sandbox, 'folder'));
    await write('folder/a.txt', 'old');
    await symlink('folder', join(sandbox, 'way'));
    await symlink('way/a.txt', join(sandbox, 'link'));
    await call('write_file', {path: 'link', content: 'new'});
    expect(await call('read_file', {path: 'way/a.txt'})).toBe('new');
    expect((await lstat(join(sandbox, 'link'))).isSymbolicLink()).toBe(true);
  });

  // Elsewhere no path leads through a folder that is held: see docs/security.md.
  it.skipIf(process.platform !== 'linux')(
    'lets nothing out that is put in the place of a folder',
    async () => {
      const outside = await emptyFolder();
      const swapping = fork(join(import.meta.dirname, 'swap-folder.ts'), [sandbox, outside]);
      try {
        await once(swapping, 'message');
        for (let index = 0; index < 500; index++) {
          const write = call('write_file', {path: `folder/${index}.txt`, content: 'secret'});
          const line = append('folder/lines.txt', 'line');
          await Promise.allSettled([write, line]);
        }
        expect(await readdir(outside)).toEqual([]);
      } finally {
        swapping.kill('SIGKILL');
        await once(swapping, 'exit');
      }
    },
    120_000,
  );
});

describe('appendOnce', () => {
  it('appends a line once, on a line of its own, to a file that does not end with one', async () => {
    await write('a.txt', 'first');
    await append('a.txt', 'second');
    await append('a.txt', 'second', 2);
    expect(await read('a.txt')).toBe('first\nsecond  [key]\n');
  });
});

describe('a path that cannot be is refused at once', () => {
  const everyTool: [ToolName, object][] = [
    ['write_file', {content: ''}],
    ['read_file', {}],
    ['list_files', {}],
    ['edit_file', {old_text: 'a', new_text: 'b'}],
    ['delete_file', {}],
  ];
  const badPaths = ['a.txt/b', 'a.txt/b/c', 'x'.repeat(300), '../a', '/etc/passwd', 'nul\0'];

  it.each(everyTool.flatMap(([name, input]) => badPaths.map((path) => [name, {...input, path}] as const)))(
    '%s %j',
    async (name, input) => {
      await write('a.txt', 'a');
      await expect(call(name, input)).rejects.toMatchObject({
        type: 'ToolValidationError',
        nonRetryable: true,
      });
    },
  );

  it.each([
    ['write_file', {path: 'folder', content: ''}, 'Choose the name of a file'],
    ['delete_file', {path: 'folder'}, 'only files can be deleted'],
    ['read_file', {path: 'folder'}, 'Use list_files'],
    ['read_file', {path: 'nothing'}, 'There is no file "nothing"'],
    ['edit_file', {path: 'nothing', old_text: 'a', new_text: 'b'}, 'There is no file "nothing"'],
  ] as const)('%s %j', async (name, input, message) => {
    await mkdir(join(sandbox, 'folder'));
    await expect(call(name, input)).rejects.toMatchObject({
      nonRetryable: true,
      message: expect.stringContaining(message),
    });
  });
});

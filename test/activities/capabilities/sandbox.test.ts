import {mkdir, mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {CancelledFailure} from '@temporalio/common';
import {MockActivityEnvironment} from '@temporalio/testing';
import {DefaultLogger} from '@temporalio/worker';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {sandbox as capability} from '../../../activities/capabilities/sandbox.ts';
import {type RunnableTool, toolActivity} from '../../../activities/tool-activity.ts';

let sandbox: string;

beforeEach(async () => {
  sandbox = await mkdtemp(join(tmpdir(), 'sandbox-tools-'));
});
afterEach(() => rm(sandbox, {recursive: true}));

type ToolName = keyof typeof capability.tools;

/** Runs a tool as the activity that a worker makes of it. */
function call(name: ToolName, input: object, environment = attempt(1)): Promise<unknown> {
  const tool = capability.tools[name] as RunnableTool;
  const activity = toolActivity(name, tool, {sandbox, heartbeatInterval: 1000}, async () => 'first');
  return environment.run(activity, input);
}

const attempt = (attempt: number) =>
  new MockActivityEnvironment({attempt}, {logger: new DefaultLogger('ERROR')});
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

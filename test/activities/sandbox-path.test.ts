import {existsSync} from 'node:fs';
import {mkdir, symlink, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {beforeAll, describe, expect, it} from 'vitest';
import {ToolValidationError} from '../../activities/errors.ts';
import {listSandbox} from '../../activities/sandbox-listing.ts';
import {resolveInSandbox, sandboxPath} from '../../activities/sandbox-path.ts';
import {emptyFolder} from '../temporary-folder.ts';

let folder: string;
let sandbox: string;

beforeAll(async () => {
  folder = await emptyFolder();
  sandbox = join(folder, 'sandbox');
  await mkdir(join(sandbox, 'inside'), {recursive: true});
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(sandbox, 'inside', 'a.txt'), 'a');
  await symlink(folder, join(sandbox, 'up'));
  await symlink(join(folder, 'secret.txt'), join(sandbox, 'secret-link'));
  await symlink(join(folder, 'not-there'), join(sandbox, 'dangling'));
  await symlink('round', join(sandbox, 'round'));
  await symlink('inside', join(sandbox, 'within'));
});

describe('sandboxPath', () => {
  it.each([
    ['plain.txt', 'plain.txt'],
    ['new/folder/file.txt', 'new/folder/file.txt'],
    ['./inside//a.txt', 'inside/a.txt'],
    ['inside\\a.txt', 'inside/a.txt'],
    ['within/a.txt', 'inside/a.txt'],
    ['..almost', '..almost'],
  ])('takes %j', (path, expected) => {
    expect(sandboxPath({sandbox}, path)).toBe(join(sandbox, expected));
  });

  it('makes parent folders', () => {
    sandboxPath({sandbox}, 'made/by/path.txt');
    expect(existsSync(join(sandbox, 'made', 'by'))).toBe(true);
  });

  it.each([
    ['/etc/passwd'],
    ['C:\\Windows\\system.ini'],
    ['../secret.txt'],
    ['inside/../../secret.txt'],
    ['inside\\..\\..\\secret.txt'],
    ['up/secret.txt'],
    ['up'],
    ['secret-link'],
    ['dangling'],
    ['dangling/file.txt'],
    ['nul\0.txt'],
    ['x'.repeat(300)],
    ['folder/'.repeat(1000)],
    ['inside/a.txt/b'],
    ['inside/a.txt/b/c.txt'],
    ['round'],
  ])('lets nothing out: %j', (path) => {
    expect(() => sandboxPath({sandbox}, path)).toThrow(ToolValidationError);
    expect(() => resolveInSandbox(sandbox, path)).toThrow(ToolValidationError);
  });
});

describe('listSandbox', () => {
  it('lists files below a folder and follows no link', async () => {
    expect(await listSandbox(sandbox, 'inside')).toEqual(['inside/a.txt']);
    expect(await listSandbox(sandbox)).toEqual(['inside/a.txt']);
  });
});

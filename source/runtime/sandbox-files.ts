import {access, constants, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {listSandbox} from '../../activities/sandbox-listing.ts';
import {UsageError} from '../errors.ts';
import {makeFolder} from '../make-folder.ts';

/** What a sandbox held at a moment: a mark of each file's content by path. */
export type SandboxSnapshot = ReadonlyMap<string, string>;

/**
 * Makes the sandbox where it is missing.
 *
 * @throws UsageError where it cannot be written
 */
export async function prepareSandbox(sandbox: string): Promise<void> {
  try {
    await makeFolder(sandbox);
    await access(sandbox, constants.W_OK);
  } catch {
    throw new UsageError(`The sandbox ${sandbox} cannot be written. Choose another folder with --sandbox.`);
  }
}

export async function snapshotSandbox(sandbox: string): Promise<SandboxSnapshot> {
  const paths = await listSandbox(sandbox);
  const marks = await Promise.all(paths.map((path) => markOf(join(sandbox, path))));
  return new Map(paths.map((path, index) => [path, marks[index] as string]));
}

/** Paths of the files that are new or changed since `before`, sorted. */
export async function changedFiles(sandbox: string, before: SandboxSnapshot): Promise<string[]> {
  const after = await snapshotSandbox(sandbox);
  return [...after].filter(([path, mark]) => before.get(path) !== mark).map(([path]) => path);
}

async function markOf(path: string): Promise<string> {
  // A file may go away between listing and looking.
  const found = await stat(path, {bigint: true}).catch(() => undefined);
  return found ? `${found.ino} ${found.size} ${found.mtimeNs}` : '';
}

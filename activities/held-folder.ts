import {constants, existsSync} from 'node:fs';
import {type FileHandle, lstat, mkdir, open, realpath} from 'node:fs/promises';
import {isAbsolute, join, relative, sep} from 'node:path';
import {ToolValidationError} from './errors.ts';
import {withPathProblems} from './path-problems.ts';
import {partsOf} from './sandbox-path.ts';

/** A place in the sandbox, while its folder is held. */
export interface HeldPlace {
  /** On Linux it means the folder that is held, whatever another process puts in its place meanwhile. */
  folder: string;
  /** The entry's name in the folder; `.` for the sandbox itself. */
  name: string;
}

export interface HoldOptions {
  /** Makes the folders on the way. */
  makeFolders?: boolean;
  /** The entry itself is meant where it is a link, not what the link points to. */
  keepsLink?: boolean;
}

/** As many as Linux follows. */
const mostLinks = 40;

/**
 * Finds a place in the sandbox and holds its folder while `work` is going on.
 *
 * The way is walked from the sandbox on, one folder at a time, each opened within the one before and none through a
 * link. A link that points into the sandbox is followed by walking to its target in the same manner. So nothing leads
 * out, even where another process swaps a folder for a link in between. Where a system has no way to name what is in
 * an open folder (all but Linux), only a swap between two steps of ours goes unnoticed.
 *
 * @param path relative to the sandbox
 * @throws ToolValidationError for a path that leads out or cannot be
 */
export async function holdingPlace<T>(
  sandbox: string,
  path: string,
  options: HoldOptions,
  work: (place: HeldPlace) => Promise<T>,
): Promise<T> {
  return withPathProblems(path, async () => {
    await mkdir(sandbox, {recursive: true});
    const root = await realpath(sandbox);
    let parts = partsOf(path);
    for (let links = 0; links <= mostLinks; links++) {
      const found = await walk(root, parts, path, options);
      if ('instead' in found) parts = found.instead;
      else return await work(found).finally(() => found.close());
    }
    throw new ToolValidationError(`"${path}" goes round in links. Choose another path.`);
  });
}

interface Folder {
  path: string;
  close(): Promise<void>;
}

type Found = (HeldPlace & Pick<Folder, 'close'>) | {instead: string[]};

async function walk(
  root: string,
  parts: readonly string[],
  path: string,
  options: HoldOptions,
): Promise<Found> {
  let folder = await openFolder(root, root);
  try {
    for (const [index, name] of parts.entries()) {
      const isLast = index === parts.length - 1;
      const target = isLast && options.keepsLink ? undefined : await linkTarget(root, folder, name, path);
      if (target) {
        await folder.close();
        return {instead: [...target, ...parts.slice(index + 1)]};
      }
      if (isLast) return {folder: folder.path, name, close: folder.close};
      const inner = await enter(folder, name, options);
      await folder.close();
      folder = inner;
    }
    return {folder: folder.path, name: '.', close: folder.close};
  } catch (error) {
    await folder.close();
    throw error;
  }
}

async function enter(folder: Folder, name: string, {makeFolders}: HoldOptions): Promise<Folder> {
  const path = join(folder.path, name);
  if (makeFolders) {
    await mkdir(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
  return openFolder(path, path);
}

async function openFolder(path: string, otherwise: string): Promise<Folder> {
  const {O_RDONLY, O_DIRECTORY = 0, O_NOFOLLOW = 0} = constants;
  const handle = await open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  let isOpen = true;
  return {
    path: within(handle) ?? otherwise,
    async close() {
      if (isOpen) await handle.close();
      isOpen = false;
    },
  };
}

/** A path through which what is in an open folder can be reached; undefined where the system has none. */
function within({fd}: FileHandle): string | undefined {
  const path = `/proc/self/fd/${fd}`;
  return process.platform === 'linux' && existsSync(path) ? path : undefined;
}

/** Where a link leads, as parts of a path from the sandbox on; undefined for what is no link. */
async function linkTarget(
  root: string,
  folder: Folder,
  name: string,
  path: string,
): Promise<string[] | undefined> {
  const entry = join(folder.path, name);
  const found = await lstat(entry).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!found?.isSymbolicLink()) return undefined;
  const target = await realpath(entry).catch(() => undefined);
  const way = target === undefined ? '..' : relative(root, target);
  if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way))
    throw new ToolValidationError(`"${path}" is a link that points outside the sandbox, or to nothing.`);
  return way.split(sep).filter((part) => part !== '');
}

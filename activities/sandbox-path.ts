import {lstatSync, mkdirSync, realpathSync} from 'node:fs';
import {dirname, isAbsolute, join, relative, sep} from 'node:path';
import {ToolValidationError} from './errors.ts';

/**
 * The absolute path of a file in the sandbox; makes its parent folders.
 *
 * @param path relative to the sandbox, with `/` or the platform's separator
 * @throws ToolValidationError for an absolute path, `..`, a NUL byte, a symbolic link that points outside, a name that
 * is too long, or a path that goes through a file
 */
export function sandboxPath(context: {sandbox: string}, path: string): string {
  const target = resolveInSandbox(context.sandbox, path);
  checked(path, () => mkdirSync(dirname(target), {recursive: true}));
  return target;
}

/**
 * Like `sandboxPath`, without making folders: for reading.
 *
 * @throws ToolValidationError as `sandboxPath` does
 */
export function resolveInSandbox(sandbox: string, path: string): string {
  const parts = checkedParts(path);
  mkdirSync(sandbox, {recursive: true});
  const root = realpathSync(sandbox);
  let current = root;
  for (const part of parts) {
    current = followInside(root, join(current, part), path);
  }
  return current;
}

function checkedParts(path: string): string[] {
  if (path.includes('\0')) throw new ToolValidationError('A path cannot contain a NUL byte.');
  if (isAbsolute(path) || /^[A-Za-z]:/.test(path)) {
    throw new ToolValidationError(`"${path}" is absolute. Use a path relative to the sandbox.`);
  }
  const parts = path.split(/[\\/]/).filter((part) => part !== '' && part !== '.');
  if (parts.includes('..'))
    throw new ToolValidationError(`"${path}" leaves the sandbox. Use a path without "..".`);
  return parts;
}

function followInside(root: string, candidate: string, path: string): string {
  const entry = checked(path, () => lstatSync(candidate, {throwIfNoEntry: false}));
  if (!entry?.isSymbolicLink()) return candidate;
  const target = realpathOrNothing(candidate);
  if (target === undefined || !isInside(root, target)) {
    throw new ToolValidationError(`"${path}" is a link that points outside the sandbox.`);
  }
  return target;
}

function realpathOrNothing(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function isInside(root: string, target: string): boolean {
  const way = relative(root, target);
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way));
}

/** What is wrong with a path itself, by the system's code for it; another attempt would find the same. */
const pathProblems: Readonly<Record<string, string>> = {
  ENOTDIR: 'goes through a file as if it were a folder. Choose another path.',
  EEXIST: 'goes through a file as if it were a folder. Choose another path.',
  EISDIR: 'is a folder. Choose the name of a file.',
  ENAMETOOLONG: 'is too long. Use names of at most 255 bytes and few folders.',
  ELOOP: 'goes round in links. Choose another path.',
};

function checked<T>(path: string, look: () => T): T {
  try {
    return look();
  } catch (error) {
    const problem = pathProblems[(error as NodeJS.ErrnoException).code ?? ''];
    throw problem === undefined ? error : new ToolValidationError(`"${shown(path)}" ${problem}`);
  }
}

const longestShown = 100;

function shown(path: string): string {
  return path.length <= longestShown ? path : `${path.slice(0, longestShown)}…`;
}

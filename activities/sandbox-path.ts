import {lstatSync, mkdirSync, realpathSync} from 'node:fs';
import {dirname, isAbsolute, join, relative, sep} from 'node:path';
import {ToolValidationError} from './errors.ts';
import {pathProblem} from './path-problems.ts';

/**
 * The absolute path of a file in the sandbox; makes its parent folders.
 *
 * The path is checked now. Another process that swaps a folder for a link before the path is used can still lead out.
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
  const parts = partsOf(path);
  mkdirSync(sandbox, {recursive: true});
  const root = realpathSync(sandbox);
  let current = root;
  for (const part of parts) {
    current = followInside(root, join(current, part), path);
  }
  return current;
}

/**
 * The names that a path is made of.
 *
 * @throws ToolValidationError for an absolute path, `..` or a NUL byte
 */
export function partsOf(path: string): string[] {
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

function checked<T>(path: string, look: () => T): T {
  try {
    return look();
  } catch (error) {
    throw pathProblem(path, error);
  }
}

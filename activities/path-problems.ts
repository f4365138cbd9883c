import {ToolExecutionError, ToolValidationError} from './errors.ts';

/** Nothing is there. To a model it is a known failure like others. */
export class NoFileError extends ToolExecutionError {}

/** What is wrong with a path itself, by the system's code for it; another attempt would find the same. */
const pathProblems: Readonly<Record<string, string>> = {
  ENOTDIR: 'goes through a file as if it were a folder. Choose another path.',
  EEXIST: 'goes through a file as if it were a folder. Choose another path.',
  EISDIR: 'is a folder. Choose the name of a file.',
  ENAMETOOLONG: 'is too long. Use names of at most 255 bytes and few folders.',
  ELOOP: 'goes round in links. Choose another path.',
};

/** What the system refuses; another path may do. */
const refusals: Readonly<Record<string, string>> = {
  EACCES: 'is not permitted to this worker.',
  EPERM: 'is not permitted to this worker.',
  EROFS: 'is on a file system that cannot be written.',
  ENXIO: 'is no regular file.',
  ENODEV: 'is no regular file.',
};

const longestShown = 100;

/**
 * What the system says about a path, in words that a model can use.
 *
 * @returns the error itself where it is about something else
 */
export function pathProblem(path: string, error: unknown): unknown {
  const {code = ''} = error as NodeJS.ErrnoException;
  const shown = path.length <= longestShown ? path : `${path.slice(0, longestShown)}…`;
  const problem = pathProblems[code];
  if (problem !== undefined) return new ToolValidationError(`"${shown}" ${problem}`);
  if (code === 'ENOENT') return new NoFileError(`There is no file "${shown}".`);
  const refusal = refusals[code];
  return refusal === undefined ? error : new ToolExecutionError(`"${shown}" ${refusal}`);
}

/** Does something with a path, and says in a model's words what the system says against it. */
export async function withPathProblems<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw pathProblem(path, error);
  }
}

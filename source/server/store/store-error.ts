/** Why a store's file cannot be used. */
export type StoreProblem =
  | 'locked'
  | 'newer'
  | 'foreign'
  | 'damaged'
  | 'readOnly'
  | 'full'
  | 'gone'
  | 'failed';

const words: Readonly<Record<StoreProblem, (path: string, detail: string) => string>> = {
  locked: (path) => `${path} is in use by another process. Stop that one, or name another file.`,
  newer: (path) => `${path} was written by a newer version. Upgrade, or name another file.`,
  foreign: (path) => `${path} is not a file of this server. Name another one.`,
  damaged: (path) => `${path} is damaged. Move it away, or restore a copy of it.`,
  readOnly: (path) => `${path} cannot be written. Change its permissions, or name another file.`,
  full: (path) => `There is no room left for ${path}. Free some; nothing that was acknowledged is lost.`,
  gone: (path) =>
    `${path} was moved or deleted while it was in use. Nothing is taken any more: stop, and put it back.`,
  failed: (path, detail) => `${path} cannot be used: ${detail}.`,
};

// Primary result codes of SQLite, see https://sqlite.org/rescode.html.
const problems = new Map<number, StoreProblem>([
  [5, 'locked'],
  [6, 'locked'],
  [8, 'readOnly'],
  [11, 'damaged'],
  [13, 'full'],
  [14, 'readOnly'],
  [26, 'foreign'],
]);
const systemProblems = new Map<string, StoreProblem>([
  ['EACCES', 'readOnly'],
  ['EPERM', 'readOnly'],
  ['EROFS', 'readOnly'],
  ['ENOSPC', 'full'],
]);

/** A store's file cannot be opened or written; the message is one line for people. */
export class StoreError extends Error {
  override name = 'StoreError';
  readonly problem: StoreProblem;

  constructor(problem: StoreProblem, path: string, options?: ErrorOptions & {detail?: string}) {
    super(words[problem](path, options?.detail ?? 'unknown reason'), options);
    this.problem = problem;
  }

  /** @returns what an error of SQLite or of the file system means for the file */
  static of(error: unknown, path: string): StoreError {
    if (error instanceof StoreError) return error;
    const {errcode, code, message} = error as {errcode?: number; code?: string; message?: string};
    const problem =
      problems.get((errcode ?? 0) & 0xff) ?? systemProblems.get(code ?? '') ?? ('failed' as const);
    return new StoreError(problem, path, {cause: error, detail: message ?? String(error)});
  }
}

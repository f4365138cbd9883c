import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {UsageError} from '../command-line/usage-error.ts';
import type {Session} from '../session/session.ts';

/**
 * Writes the history of each workflow as Temporal's JSON, one file a workflow: what `temporal workflow show` prints
 * and `Worker.runReplayHistory` takes.
 *
 * @returns the paths of the files
 * @throws UsageError where the folder cannot be written
 */
export async function saveHistories(
  session: Session,
  workflowIds: Iterable<string>,
  folder: string,
): Promise<string[]> {
  await prepareFolder(folder);
  return Promise.all(
    [...workflowIds].map(async (workflowId) => {
      const path = join(folder, `${encodeURIComponent(workflowId)}.json`);
      await writeFile(path, `${await session.historyJson(workflowId)}\n`);
      return path;
    }),
  );
}

async function prepareFolder(folder: string): Promise<void> {
  await mkdir(folder, {recursive: true}).catch(() => {
    throw new UsageError(`${folder} cannot be written. Choose another folder with --save-history.`);
  });
}

import {writeFile} from 'node:fs/promises';
import {join, relative} from 'node:path';
import {UsageError} from '../command-line/usage-error.ts';
import type {RunForest} from '../history/run-tree.ts';
import type {Session} from '../session/session.ts';
import {makeFolder} from './make-folder.ts';

/**
 * Saves the histories of a run and its subagents where `--save-history` asks for it.
 *
 * @param folder undefined where nothing is to be saved
 * @returns what to say about it: the command that proves that this code replays them
 */
export async function saveIfAsked(
  session: Session,
  forest: RunForest,
  folder: string | undefined,
): Promise<string[]> {
  if (folder === undefined) return [];
  const paths = await saveHistories(session, forest.runs.keys(), folder);
  const count = paths.length === 1 ? 'one history' : `${paths.length} histories`;
  const shown = relative(process.cwd(), folder) || '.';
  return [`Saved ${count} in ${shown}. This code replays them: durable-tui replay ${shown}`];
}

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
  await prepareHistories(folder);
  return Promise.all(
    [...workflowIds].map(async (workflowId) => {
      const path = join(folder, `${encodeURIComponent(workflowId)}.json`);
      await writeFile(path, `${await session.historyJson(workflowId)}\n`);
      return path;
    }),
  );
}

/**
 * Makes the folder for histories; before a run, so that one is not lost for want of a folder.
 *
 * @throws UsageError where it cannot be made
 */
export async function prepareHistories(folder: string): Promise<void> {
  await makeFolder(folder).catch(() => {
    throw new UsageError(`${folder} cannot be written. Choose another folder with --save-history.`);
  });
}

import {createHash} from 'node:crypto';
import {rename, writeFile} from 'node:fs/promises';
import {join, relative} from 'node:path';
import {CommandError, UsageError} from '../errors.ts';
import type {RunForest} from '../history/run-tree.ts';
import {makeFolder} from '../make-folder.ts';
import type {Session} from '../session/session.ts';

/** What came of saving: words for the end of a command, and whether everything is there. */
export interface SaveOutcome {
  remarks: string[];
  isWhole: boolean;
}

/**
 * Saves the histories of a run and its subagents where `--save-history` asks for it. What cannot be saved is said and
 * throws nothing: the run and its result are there all the same.
 *
 * @param folder undefined where nothing is to be saved
 */
export async function saveIfAsked(
  session: Session,
  forest: RunForest,
  folder: string | undefined,
): Promise<SaveOutcome> {
  if (folder === undefined) return {remarks: [], isWhole: true};
  const shown = relative(process.cwd(), folder) || '.';
  try {
    const paths = await saveHistories(session, forest.runs.keys(), folder);
    const words = `Saved ${counted(paths.length)} in ${shown}. This code replays them: durable-tui replay ${shown}`;
    return {remarks: [words], isWhole: true};
  } catch (error) {
    return {remarks: [(error as Error).message], isWhole: false};
  }
}

/** Histories that are fetched and written at once: a run may have a thousand subagents. */
const atOnce = 8;

/**
 * Writes the history of each workflow as Temporal's JSON, one file a workflow: what `temporal workflow show` prints
 * and `Worker.runReplayHistory` takes.
 *
 * @returns the paths of the files
 * @throws UsageError where the folder cannot be made, CommandError where some could not be saved; the others are
 */
export async function saveHistories(
  session: Session,
  workflowIds: Iterable<string>,
  folder: string,
): Promise<string[]> {
  await prepareHistories(folder);
  const waiting = [...workflowIds];
  const count = waiting.length;
  const paths: string[] = [];
  const problems: string[] = [];
  const saveOneByOne = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const path = join(folder, historyFileName(next));
      await save(session, next, path).then(
        () => paths.push(path),
        (error: Error) => problems.push(`${next}: ${error.message}`),
      );
    }
  };
  await Promise.all(Array.from({length: atOnce}, saveOneByOne));
  if (problems.length === 0) return paths.sort();
  throw new CommandError(`${problems.length} of ${counted(count)} could not be saved: ${problems[0]}`);
}

async function save(session: Session, workflowId: string, path: string): Promise<void> {
  const text = await session.historyJson(workflowId);
  // A file that is cut short must not look like a history.
  await writeFile(`${path}.part`, `${text}\n`);
  await rename(`${path}.part`, path);
}

function counted(count: number): string {
  return count === 1 ? 'one history' : `${count} histories`;
}

/** Bytes of a name that any file system takes, with room for an extension. */
const longestName = 200;

/** The name of a workflow's history: its id as a part of an address, cut and told apart by its digest where it is long. */
export function historyFileName(workflowId: string): string {
  const name = encodeURIComponent(workflowId);
  if (name.length <= longestName) return `${name}.json`;
  const digest = createHash('sha256').update(workflowId).digest('hex').slice(0, 16);
  return `${name.slice(0, longestName - 17)}~${digest}.json`;
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

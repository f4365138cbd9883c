import {readdir, readFile, stat} from 'node:fs/promises';
import {basename, join} from 'node:path';
import {UsageError} from '../errors.ts';

/** A history as Temporal's JSON or as the SDK has it. */
export interface SavedHistory {
  workflowId: string;
  history: {events: readonly object[]};
}

/** True where an operand names a file or a folder rather than a workflow. */
export async function isPath(operand: string): Promise<boolean> {
  const found = await stat(operand).catch(() => undefined);
  return found !== undefined || /\.json$|^[./~]/.test(operand);
}

/**
 * The histories of a file, or of all `.json` files in a folder.
 *
 * @throws UsageError for a path that cannot be read or is no history
 */
export async function historiesIn(path: string): Promise<SavedHistory[]> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new UsageError(`${path} cannot be read. Check the path.`);
  if (!found.isDirectory()) return [await readHistory(path)];
  const names = (await readdir(path)).filter((name) => name.endsWith('.json')).sort();
  if (names.length === 0) throw new UsageError(`There is no .json file in ${path}.`);
  return Promise.all(names.map((name) => readHistory(join(path, name))));
}

async function readHistory(path: string): Promise<SavedHistory> {
  const history = parsed(await readFile(path, 'utf8'));
  if (!history) {
    throw new UsageError(`${path} is not a whole history: save one with --save-history.`);
  }
  return {workflowId: workflowIdOf(history) ?? decodedName(path), history};
}

function parsed(text: string): SavedHistory['history'] | undefined {
  try {
    const history = JSON.parse(text) as {events?: unknown} | null;
    const events = Array.isArray(history?.events) ? history.events : [];
    return events.length > 0 && events.every(isInPlace) ? {events} : undefined;
  } catch {
    return undefined;
  }
}

/** Events are numbered from 1: core takes no history with a gap. */
function isInPlace(event: unknown, index: number): event is object {
  return (
    typeof event === 'object' &&
    event !== null &&
    Number((event as {eventId?: unknown}).eventId) === index + 1
  );
}

/** Newer servers write it into the first event; otherwise the file is named after it. */
function workflowIdOf({events}: SavedHistory['history']): string | undefined {
  const [first] = events as {workflowExecutionStartedEventAttributes?: {workflowId?: unknown}}[];
  const {workflowId} = first?.workflowExecutionStartedEventAttributes ?? {};
  return typeof workflowId === 'string' && workflowId !== '' ? workflowId : undefined;
}

function decodedName(path: string): string {
  const name = basename(path, '.json');
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

import type {ServerConnection} from '../backend/connection.ts';

/** Says that no worker polls a task queue, and which command starts one. */
export function unpolledWords(
  {address, namespace, apiKey, tls}: ServerConnection,
  taskQueue: string,
): string {
  const words = ['durable-tui', 'worker', '--address', address, '--task-queue', taskQueue];
  if (namespace !== 'default') words.push('--namespace', namespace);
  const credentials = apiKey !== undefined || tls ? ', with your credentials' : '';
  return `No worker polls ${taskQueue}. Start one: ${words.map(quoted).join(' ')}${credentials}`;
}

/** A word as a shell takes it. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

import {CommandError} from '../errors.ts';
import {acceptsConnections} from './machine.ts';

/** Whether something listens on a port of this machine. */
export function isInUse(port: number): Promise<boolean> {
  return acceptsConnections(`127.0.0.1:${port}`);
}

/**
 * Checks a port that the user chose.
 *
 * @param flag what it was chosen with
 * @throws CommandError where it is in use
 */
export async function requireFreePort(port: number, flag: string): Promise<void> {
  if (port === 0 || !(await isInUse(port))) return;
  throw new CommandError(`Port ${port} is in use. Choose another with ${flag}, or leave the flag out.`);
}

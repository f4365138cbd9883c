import {execFileSync} from 'node:child_process';

/** Why a test on the real server is skipped where there is none. */
export const noTemporal = '`temporal` is not on PATH';

/** @returns where the real server's program is, or undefined where it is not on PATH */
export function findTemporal(): string | undefined {
  try {
    return execFileSync('which', ['temporal'], {encoding: 'utf8'}).trim();
  } catch {
    return undefined;
  }
}

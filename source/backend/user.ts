import {homedir, userInfo} from 'node:os';

/** The user's home; undefined for a user whom the system's list does not have and no variable helps. */
export function homeFolder({HOME}: NodeJS.ProcessEnv): string | undefined {
  try {
    return HOME || homedir();
  } catch {
    return undefined;
  }
}

/** The user's name, else what the environment calls them, else their number: a container may run as anybody. */
export function userName({USER, LOGNAME}: NodeJS.ProcessEnv): string {
  try {
    return userInfo().username;
  } catch {
    return USER || LOGNAME || String(process.getuid?.() ?? 'nobody');
  }
}

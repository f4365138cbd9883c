/** Wrong usage: exit code 2. The message is one line that says what is wrong and what to do. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** Something that stopped a command and is not a bug: exit code 1. The message is one line for people. */
export class CommandError extends Error {
  override name = 'CommandError';
}

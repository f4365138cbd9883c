/** What was thrown, in one line for people: the first of its message, details stand below it. */
export function firstLine(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return message.split('\n')[0] as string;
}

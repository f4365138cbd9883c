/** A subcommand. The table is the parser's, the help's and the completion's only source. */
export interface Command {
  name: string;
  /** What stands behind the name in the help. */
  operands: string;
  meaning: string;
  /** How many operands it takes. */
  takes: {least: number; most: number};
}

/** Every subcommand that works. */
export const commands: readonly Command[] = [
  {name: 'run', operands: '"<prompt>"', meaning: 'run one prompt and exit', takes: {least: 0, most: 1}},
  {name: 'scenarios', operands: '', meaning: 'list the scripted scenarios', takes: {least: 0, most: 0}},
  {name: 'help', operands: '<command>', meaning: 'explain a command', takes: {least: 0, most: 1}},
  {
    name: 'completion',
    operands: 'bash|zsh|fish',
    meaning: 'print a completion script',
    takes: {least: 1, most: 1},
  },
];

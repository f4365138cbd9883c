/** The size of a terminal as the app takes it. */
export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** A terminal's size, whatever it claims: at least one cell, at most 1000 × 500. */
export function terminalSize({columns, rows}: {columns?: number; rows?: number}): TerminalSize {
  return {columns: sane(columns, 80, 1000), rows: sane(rows, 24, 500)};
}

function sane(claimed: number | undefined, fallback: number, most: number): number {
  if (claimed === undefined || !Number.isFinite(claimed) || claimed < 1) return fallback;
  return Math.min(most, Math.floor(claimed));
}

/** What decides whether the app can be shown. */
export interface TerminalFacts {
  readonly stdin: {readonly isTTY?: boolean};
  readonly stdout: {readonly isTTY?: boolean};
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Why the app cannot be shown, as the end of a sentence; undefined where there is somebody to see it and keys to use it
 * with. Else the plain output is right.
 */
export function obstacleToApp({stdin, stdout, environment}: TerminalFacts): string | undefined {
  const {CI, TERM} = environment;
  if (stdin.isTTY !== true) return 'standard input is no terminal';
  if (stdout.isTTY !== true) return 'standard output is no terminal';
  if (TERM === 'dumb') return 'TERM is dumb';
  return CI !== undefined && !['', '0', 'false'].includes(CI) ? 'CI is set' : undefined;
}

/** True unless the user wants no colours (https://no-color.org). */
export function wantsColors(environment: TerminalFacts['environment']): boolean {
  return !environment.NO_COLOR;
}

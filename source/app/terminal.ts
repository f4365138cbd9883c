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

/** True where there is somebody to see the app and keys to use it with; else the plain output is right. */
export function canShowApp({stdin, stdout, environment}: TerminalFacts): boolean {
  const isAutomatic = environment.CI !== undefined && !['', '0', 'false'].includes(environment.CI);
  return stdin.isTTY === true && stdout.isTTY === true && environment.TERM !== 'dumb' && !isAutomatic;
}

/** True unless the user wants no colours (https://no-color.org). */
export function wantsColors(environment: TerminalFacts['environment']): boolean {
  return !environment.NO_COLOR;
}

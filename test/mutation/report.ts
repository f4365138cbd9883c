import {readFile} from 'node:fs/promises';

/** What this needs of a report in the format of mutation-testing-elements. */
interface Report {
  readonly files: Readonly<Record<string, {readonly source: string; readonly mutants: readonly Mutant[]}>>;
}

interface Mutant {
  readonly status: string;
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly location: {readonly start: Position; readonly end: Position};
}

interface Position {
  readonly line: number;
  readonly column: number;
}

/** What became of the mutants of an area. */
export interface Score {
  readonly killed: number;
  readonly survived: number;
  /** One line for each survivor: where, what stood there, what stood there instead. */
  readonly survivors: readonly string[];
}

/** @returns the score that a report tells */
export async function scoreOf(file: string): Promise<Score> {
  const {files} = JSON.parse(await readFile(file, 'utf8')) as Report;
  let killed = 0;
  const survivors: string[] = [];
  for (const [path, {source, mutants}] of Object.entries(files)) {
    for (const mutant of mutants) {
      if (mutant.status === 'Killed' || mutant.status === 'Timeout') killed += 1;
      else if (mutant.status === 'Survived' || mutant.status === 'NoCoverage')
        survivors.push(describe(path, source, mutant));
    }
  }
  return {killed, survived: survivors.length, survivors};
}

function describe(path: string, source: string, {location, replacement, mutatorName}: Mutant): string {
  const {start, end} = location;
  const lines = source.split('\n').slice(start.line - 1, end.line);
  const last = lines.length - 1;
  lines[last] = (lines[last] ?? '').slice(0, end.column - 1);
  lines[0] = (lines[0] ?? '').slice(start.column - 1);
  const from = short(lines.join(' '));
  return `${path}:${start.line} ${mutatorName}: ${from} → ${short(replacement ?? '')}`;
}

function short(code: string): string {
  const line = code.replaceAll(/\s+/g, ' ').trim();
  return line.length > 70 ? `${line.slice(0, 69)}…` : line;
}

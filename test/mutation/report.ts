import {readFile} from 'node:fs/promises';

/** What this needs of a mutant as Stryker's reporters get it. */
interface Mutant {
  readonly fileName: string;
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

/** @returns the score that a report tells: a mutant a line, as far as it was written */
export async function scoreOf(report: string): Promise<Score> {
  const text = await readFile(report, 'utf8').catch(() => '');
  const lines = text.split('\n').filter(Boolean);
  let killed = 0;
  const survivors: string[] = [];
  for (const mutant of lines.map((line) => JSON.parse(line) as Mutant)) {
    if (mutant.status === 'Killed' || mutant.status === 'Timeout') killed += 1;
    else if (mutant.status === 'Survived' || mutant.status === 'NoCoverage')
      survivors.push(await describe(mutant));
  }
  return {killed, survived: survivors.length, survivors: survivors.sort()};
}

async function describe({fileName, location, replacement, mutatorName}: Mutant): Promise<string> {
  const {start, end} = location;
  const lines = (await readFile(fileName, 'utf8')).split('\n').slice(start.line - 1, end.line);
  const last = lines.length - 1;
  lines[last] = (lines[last] ?? '').slice(0, end.column - 1);
  lines[0] = (lines[0] ?? '').slice(start.column - 1);
  const from = short(lines.join(' '));
  return `${fileName}:${start.line} ${mutatorName}: ${from} → ${short(replacement ?? '')}`;
}

function short(code: string): string {
  const line = code.replaceAll(/\s+/g, ' ').trim();
  return line.length > 70 ? `${line.slice(0, 69)}…` : line;
}

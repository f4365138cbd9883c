/** One line of the table that `npm run bench` prints. */
export interface BenchRow {
  name: string;
  value: number;
  unit: string;
  /** What it should be, in words. */
  target: string;
  /** What the same thing takes elsewhere, in words. */
  peer?: string;
}

/** The middle of some numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Rows as a table, one line each. */
export function formatRows(rows: readonly BenchRow[]): string {
  const cells = rows.map(({name, value, unit, target, peer = ''}) => [
    name,
    `${rounded(value)} ${unit}`,
    target,
    peer,
  ]);
  const all = [['', 'ours', 'target', 'peer'], ...cells];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function rounded(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);
}

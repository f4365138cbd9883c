/**
 * Rows as lines with columns under each other: texts to the left, numbers to the right, two spaces between.
 *
 * @param rows the heading first
 */
export function tableLines(rows: readonly (readonly (string | number)[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => String(row[column] ?? '').length)),
  );
  const isNumeric = widths.map((_, column) => rows.slice(1).every((row) => typeof row[column] === 'number'));
  return rows.map((row) =>
    widths
      .map((width, column) => {
        const text = String(row[column] ?? '');
        return isNumeric[column] ? text.padStart(width) : text.padEnd(width);
      })
      .join('  ')
      .trimEnd(),
  );
}

/** The candidate that is nearest to `word`, if it is at most `distance` edits away. */
export function closest<Candidate extends string>(
  word: string,
  candidates: Iterable<Candidate>,
  distance: number,
): Candidate | undefined {
  let best: {candidate: Candidate; edits: number} | undefined;
  for (const candidate of candidates) {
    const edits = editDistance(word, candidate);
    if (edits <= distance && edits < (best?.edits ?? Number.POSITIVE_INFINITY)) best = {candidate, edits};
  }
  return best?.candidate;
}

/** Insertions, deletions, substitutions and swaps of neighbours that turn one word into the other. */
function editDistance(from: string, to: string): number {
  const rows = [Array.from({length: to.length + 1}, (_, column) => column)];
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const substitution = from[row - 1] === to[column - 1] ? 0 : 1;
      const swapped =
        row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current.push(
        Math.min(
          at(rows, row - 1, column) + 1,
          (current[column - 1] as number) + 1,
          at(rows, row - 1, column - 1) + substitution,
          swapped ? at(rows, row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    rows.push(current);
  }
  return at(rows, from.length, to.length);
}

function at(rows: number[][], row: number, column: number): number {
  return rows[row]?.[column] as number;
}

/**
 * The name that is at most two edits away, or a third of the length. It counts edits for itself: the interpreter imports
 * nothing, and its words are part of what a recorded run does again when it is replayed.
 */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const wanted = plain(name);
  const limit = Math.max(1, Math.min(2, Math.floor(wanted.length / 3)));
  const [best] = names
    .map((candidate) => ({candidate, distance: editDistance(wanted, plain(candidate))}))
    .filter(({distance}) => distance <= limit)
    .sort((left, right) => left.distance - right.distance);
  return best?.candidate;
}

// `writeFile` is what a model calls `write_file` from habit.
function plain(name: string): string {
  return name.replace(/_/g, '').toLowerCase().slice(0, 60);
}

function editDistance(left: string, right: string): number {
  let row = Array.from({length: right.length + 1}, (_cell, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const substituted = (row[j - 1] as number) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(substituted, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[right.length] as number;
}

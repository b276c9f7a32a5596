/** ` (did you mean x?)` for the known word nearest to the given one; empty where none is near enough to be a misspelling. */
export function didYouMean(given: string, known: readonly string[]): string {
  const near = known
    .map((word) => ({ word, edits: edits(given.toLowerCase(), word.toLowerCase()) }))
    .filter(({ word, edits }) => edits <= Math.ceil(word.length / 3))
    .sort((one, other) => one.edits - other.edits);
  return near[0] === undefined ? "" : ` (did you mean ${near[0].word}?)`;
}

/** Letters to add, drop or change to get from one word to the other (Levenshtein). */
function edits(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, k) => k);
  for (const [i, letter] of [...one].entries()) {
    const next = [i + 1];
    for (let k = 0; k < other.length; k += 1)
      next.push(
        Math.min((next[k] ?? 0) + 1, (row[k + 1] ?? 0) + 1, (row[k] ?? 0) + (letter === other[k] ? 0 : 1)),
      );
    row = next;
  }
  return row[other.length] ?? 0;
}

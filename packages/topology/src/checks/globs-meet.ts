/** Whether some text is of both patterns; `*` stands for any characters in either, `?` for one. */
export function globsMeet(one: string, other: string): boolean {
  // Which ends of `other` are still open after as much of `one` as was looked at.
  let open = reach(other, new Set([0]));
  for (const sign of one) {
    const next = new Set<number>();
    for (const at of open) {
      const there = other[at];
      if (sign === "*") for (let to = at; to <= other.length; to++) next.add(to);
      else if (there === "*") next.add(at);
      else if (there !== undefined && (sign === there || sign === "?" || there === "?")) next.add(at + 1);
    }
    open = reach(other, next);
  }
  return open.has(other.length);
}

/** A `*` may stand for nothing. */
function reach(pattern: string, places: ReadonlySet<number>): Set<number> {
  const all = new Set(places);
  for (const at of all) if (pattern[at] === "*") all.add(at + 1);
  return all;
}

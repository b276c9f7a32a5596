/** Names longer than this are computed each time, so that what is remembered has a bounded size. */
const longest = 200;

/** A function that remembers its answers for up to `limit` short texts, and starts anew beyond that. */
export function remember<T>(limit: number, answer: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const now = answer(text);
    if (text.length > longest) return now;
    if (known.size >= limit) known.clear();
    known.set(text, now);
    return now;
  };
}

/** Lines around a difference that are shown with it. */
const around = 2;

/** In what two texts of JSON differ, line by line: `- ` and `+ ` before what goes and comes, `  ` before what is around it. The order of keys is no difference. */
export function jsonDiff(from: string, to: string): string[] {
  const lines = merged(linesOf(from), linesOf(to));
  const near = lines.map((_, at) =>
    lines.slice(Math.max(0, at - around), at + around + 1).some((line) => !line.startsWith(" ")),
  );
  return lines.flatMap((line, at) => {
    if (near[at]) return [line];
    return near[at + 1] || at + 1 === lines.length ? ["  …"] : [];
  });
}

const linesOf = (json: string): string[] => JSON.stringify(JSON.parse(json), sorted, 2).split("\n");

const sorted = (_: string, value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;

/** Both, with as many lines in common as there can be (longest common subsequence). */
function merged(from: readonly string[], to: readonly string[]): string[] {
  const common = from.map(() => new Array<number>(to.length + 1).fill(0)).concat([[]]);
  const at = (i: number, k: number) => common[i]?.[k] ?? 0;
  for (let i = from.length - 1; i >= 0; i--)
    for (let k = to.length - 1; k >= 0; k--) {
      const row = common[i];
      if (row) row[k] = from[i] === to[k] ? at(i + 1, k + 1) + 1 : Math.max(at(i + 1, k), at(i, k + 1));
    }
  const lines: string[] = [];
  for (let [i, k] = [0, 0]; i < from.length || k < to.length; ) {
    if (i < from.length && from[i] === to[k]) {
      lines.push(`  ${from[i]}`);
      i++;
      k++;
    } else if (k >= to.length || (i < from.length && at(i + 1, k) >= at(i, k + 1)))
      lines.push(`- ${from[i++]}`);
    else lines.push(`+ ${to[k++]}`);
  }
  return lines;
}

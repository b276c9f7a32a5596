import colors from "picocolors";

/** Columns under their headings, as wide as they need to be. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = headings.map((heading, k) =>
    Math.max(heading.length, ...rows.map((row) => (row[k] ?? "").length)),
  );
  const line = (cells: readonly string[]) =>
    widths
      .map((width, k) => (cells[k] ?? "").padEnd(width))
      .join("  ")
      .trimEnd();
  return [colors.dim(line(headings)), ...rows.map(line)].join("\n");
}

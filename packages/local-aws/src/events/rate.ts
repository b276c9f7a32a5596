const units: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** The milliseconds of a `rate(5 minutes)`; undefined of anything else. A rate of 0 is none. */
export function parseRate(
  expression: string,
): { readonly every: number; readonly plural: boolean; readonly value: number } | undefined {
  const match = /^rate\((\d{1,9}) (minute|hour|day)(s?)\)$/.exec(expression);
  const value = Number(match?.[1]);
  const unit = units[match?.[2] ?? ""];
  if (match === null || unit === undefined || value < 1) return undefined;
  return { every: value * unit, plural: match[3] === "s", value };
}

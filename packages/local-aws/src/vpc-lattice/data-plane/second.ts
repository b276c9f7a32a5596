/** A time to the second, as ISO 8601 has it. */
export function second(at: number): string {
  const whole = at - (at % 1000);
  if (shown.at !== whole) shown = { at: whole, text: `${new Date(whole).toISOString().slice(0, 19)}Z` };
  return shown.text;
}

let shown = { at: -1, text: "" };

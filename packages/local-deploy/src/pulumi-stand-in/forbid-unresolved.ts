/** Throws where an Output was turned into a string before it had a value: Pulumi puts a warning in its place. */
export function forbidUnresolved(owner: string, value: unknown): void {
  if (!JSON.stringify(value ?? null).includes("Calling [toString] on an [Output")) return;
  throw new Error(`${owner}: an Output was put into a plain string; use $interpolate`);
}

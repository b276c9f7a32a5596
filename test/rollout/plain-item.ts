/** A value as DynamoDB's wire has it. */
type Wire =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly L: readonly Wire[] }
  | { readonly M: Readonly<Record<string, Wire>> };

/** An item's fields as plain values. */
export function plainItem(item: Readonly<Record<string, Wire>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item).map(([key, value]) => [key, plain(value)]));
}

function plain(value: Wire): unknown {
  if ("S" in value) return value.S;
  if ("N" in value) return Number(value.N);
  if ("BOOL" in value) return value.BOOL;
  if ("L" in value) return value.L.map(plain);
  return "M" in value ? plainItem(value.M) : null;
}

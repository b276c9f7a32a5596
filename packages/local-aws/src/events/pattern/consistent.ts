import type { Place } from "./flatten.ts";

/**
 * Whether one candidate can be chosen for each condition so that no two lie in different elements of the same array. So
 * `{"items": {"id": [1], "state": ["ok"]}}` wants both in one element of `items`, as AWS does.
 */
export function consistent(candidates: readonly (readonly Place[])[]): boolean {
  const groups = new Map<string, (readonly Place[])[]>();
  for (const places of candidates) {
    if (places.some((place) => place.length === 0)) continue;
    const array = places[0]?.[0]?.array;
    if (array === undefined) return false;
    const group = groups.get(array);
    if (group === undefined) groups.set(array, [places]);
    else group.push(places);
  }
  return [...groups.values()].every(shareAnElement);
}

function shareAnElement(group: readonly (readonly Place[])[]): boolean {
  if (group.length === 1) return true;
  const byElement = group.map((places) => Map.groupBy(places, (place) => place[0]?.index));
  const [first, ...others] = byElement;
  if (first === undefined) return true;
  for (const element of first.keys()) {
    if (!others.every((places) => places.has(element))) continue;
    const inner = byElement.map((places) => (places.get(element) ?? []).map((place) => place.slice(1)));
    if (consistent(inner)) return true;
  }
  return false;
}

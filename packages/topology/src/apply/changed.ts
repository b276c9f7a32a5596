type Identified = { readonly id: string };

/** The list with the thing of this id changed; the same list where it has none. */
export function changed<Thing extends Identified>(
  things: readonly Thing[],
  id: string,
  change: (thing: Thing) => Thing,
): readonly Thing[] {
  const at = things.findIndex((thing) => thing.id === id);
  const thing = things[at];
  return thing === undefined ? things : things.with(at, change(thing));
}

/** The list without the thing of this id. */
export const without = <Thing extends Identified>(things: readonly Thing[], id: string): readonly Thing[] =>
  things.filter((thing) => thing.id !== id);

/** Does something with each, one after the other. One that fails keeps no other from its turn; the first failure is thrown at the end. */
export async function doEach<Thing>(
  things: Iterable<Thing>,
  act: (thing: Thing) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = [];
  for (const thing of things) {
    try {
      await act(thing);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

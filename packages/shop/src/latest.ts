/** A memory of the latest `limit` things by their keys: the oldest is forgotten first. */
export function latest<T>(limit: number) {
  const things = new Map<string, T>();
  return {
    get: (key: string): T | undefined => things.get(key),
    set(key: string, thing: T): void {
      things.set(key, thing);
      if (things.size <= limit) return;
      for (const oldest of things.keys()) {
        things.delete(oldest);
        return;
      }
    },
  };
}

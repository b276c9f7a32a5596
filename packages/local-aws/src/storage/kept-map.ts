/** A map that says which of its keys were changed. */
export class KeptMap<V> extends Map<string, V> {
  readonly #changed: (key: string) => void;

  constructor(entries: Iterable<readonly [string, V]>, changed: (key: string) => void) {
    super();
    // Not by the constructor of Map, which calls `set`.
    for (const [key, value] of entries) super.set(key, value);
    this.#changed = changed;
  }

  override set(key: string, value: V): this {
    super.set(key, value);
    this.#changed(key);
    return this;
  }

  override delete(key: string): boolean {
    const was = super.delete(key);
    if (was) this.#changed(key);
    return was;
  }

  override clear(): void {
    for (const key of [...this.keys()]) this.delete(key);
  }
}

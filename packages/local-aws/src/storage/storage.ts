/** How the values of a map are written down, where they are more than data. */
export interface Form<V> {
  write(value: V): unknown;
  read(written: unknown): V;
}

/** Values in the order they were appended, on disk only: none where nothing outlives the process. */
export interface KeptList<V> {
  append(value: V): void;
  read(): V[];
  /** Puts `values` in the place of all there were. */
  rewrite(values: Iterable<V>): void;
  remove(): void;
}

/** Bytes by name. A name is written once. */
export interface KeptFiles {
  write(name: string, bytes: Uint8Array): void;
  read(name: string): Uint8Array;
  remove(name: string): void;
}

/**
 * Where services keep what must outlive the process. What one turn of the event loop changes is on disk before anybody can
 * be told of it. Values are data (JSON, Date, bytes, Map and Set); they are replaced, never changed in place.
 */
export interface Storage {
  /** Whether anything outlives the process. */
  readonly durable: boolean;
  /** The map of this name, holding what was kept of it. */
  map<V>(name: string, form?: Form<V>): Map<string, V>;
  /** The list of this name. It has one holder at a time. */
  list<V>(name: string): KeptList<V>;
  files(name: string): KeptFiles;
  /** A folder for whatever must be found by its path; undefined where nothing outlives the process. */
  folder(name: string): string | undefined;
}

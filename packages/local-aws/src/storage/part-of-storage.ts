import type { Storage } from "./storage.ts";

/** The part of a storage whose names begin with `prefix`. */
export function partOf(storage: Storage, prefix: string): Storage {
  return {
    durable: storage.durable,
    map: (name, form) => storage.map(prefix + name, form),
    list: (name) => storage.list(prefix + name),
    files: (name) => storage.files(prefix + name),
    folder: (name) => storage.folder(prefix + name),
  };
}

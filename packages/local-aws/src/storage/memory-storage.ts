import type { KeptFiles, KeptList, Storage } from "./storage.ts";

/** Keeps everything in memory, lists not at all: nothing outlives the process. */
export function memoryStorage(): Storage {
  const maps = new Map<string, Map<string, never>>();
  return {
    durable: false,
    map(name) {
      const known = maps.get(name) ?? new Map<string, never>();
      maps.set(name, known);
      return known;
    },
    list: forgottenList,
    files: memoryFiles,
    folder: () => undefined,
  };
}

function forgottenList<V>(): KeptList<V> {
  return { append() {}, read: () => [], rewrite() {}, remove() {} };
}

function memoryFiles(): KeptFiles {
  const files = new Map<string, Uint8Array>();
  return {
    write: (name, bytes) => void files.set(name, bytes),
    read(name) {
      const bytes = files.get(name);
      if (bytes === undefined) throw new Error(`no file ${name} is kept`);
      return bytes;
    },
    remove: (name) => void files.delete(name),
  };
}

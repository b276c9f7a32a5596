import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { journalFile } from "./journal-file.ts";
import { type Change, changesLine, headerLine } from "./journal-lines.ts";
import { KeptMap } from "./kept-map.ts";
import { type ListFile, listFile } from "./list-file.ts";
import type { Form, KeptFiles, Storage } from "./storage.ts";

/** Storage on disk. After `close` it keeps nothing any more, and still answers what it held. */
export interface DiskStorage extends Storage {
  close(): void;
}

export interface DiskStorageParts {
  /** Path of the journal. */
  readonly journal: string;
  /** What was kept, by the names of maps. */
  readonly maps: ReadonlyMap<string, Map<string, unknown>>;
  readonly starts: number;
  /** AWS time, milliseconds since the epoch. */
  readonly now: () => number;
}

/** One map as the journal sees it. */
interface Section {
  readonly map: Map<string, never>;
  readonly write: (value: never) => unknown;
  readonly changed: Set<string>;
}

/** How often AWS time is written down while nothing else is, in milliseconds of wall time. */
const heartbeat = 1000;

/**
 * Maps in a journal, each list and each file in a file of its own. All changes of a turn are one line of the journal, written
 * before the turn's promises go on.
 */
export function diskStorage(
  directory: string,
  { journal: path, maps: kept, starts, now }: DiskStorageParts,
): DiskStorage {
  const sections = new Map<string, Section>();
  const unclaimed = new Map(kept);
  const changedSections = new Set<[string, Section]>();
  const changedLists = new Set<Pick<ListFile<never>, "flush">>();
  let scheduled = false;
  let open = true;
  let lastAt = now();

  function* snapshot(): Generator<string> {
    yield headerLine(starts);
    yield changesLine(now(), []);
    for (const [name, map] of unclaimed)
      for (const [key, value] of map) yield changesLine(now(), [[name, key, value]]);
    for (const [name, { map, write }] of sections)
      for (const [key, value] of map) yield changesLine(now(), [[name, key, write(value)]]);
  }
  const journal = journalFile(path, snapshot);

  const flush = () => {
    scheduled = false;
    if (!open) return;
    for (const list of changedLists) list.flush();
    changedLists.clear();
    const changes: Change[] = [];
    for (const [name, { map, write, changed }] of changedSections) {
      for (const key of changed) {
        const value = map.get(key);
        changes.push(value === undefined ? [name, key] : [name, key, write(value)]);
      }
      changed.clear();
    }
    changedSections.clear();
    if (changes.length > 0) tell(changes);
  };
  const tell = (changes: readonly Change[]) => {
    lastAt = now();
    journal.append(changesLine(lastAt, changes));
  };
  const schedule = () => {
    if (scheduled || !open) return;
    scheduled = true;
    queueMicrotask(flush);
  };
  const beat = setInterval(() => {
    if (now() > lastAt) tell([]);
  }, heartbeat).unref();

  return {
    durable: true,
    map<V>(name: string, form: Form<V> = asItIs()): Map<string, V> {
      const known = sections.get(name);
      if (known !== undefined) return known.map as Map<string, V>;
      const changed = new Set<string>();
      const entries = (unclaimed.get(name) ?? new Map<string, unknown>())
        .entries()
        .map(([key, written]) => [key, form.read(written)] as const);
      const map = new KeptMap<V>(entries, (key) => {
        changed.add(key);
        changedSections.add(entry);
        schedule();
      });
      const section: Section = {
        map: map as Map<string, unknown> as Map<string, never>,
        write: form.write,
        changed,
      };
      const entry: [string, Section] = [name, section];
      unclaimed.delete(name);
      sections.set(name, section);
      return map;
    },
    list<V>(name: string) {
      const made = listFile<V>(join(directory, "lists", fileName(name)), () => {
        changedLists.add(made);
        schedule();
      });
      return made;
    },
    folder(name) {
      const folder = join(directory, "files", fileName(name));
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      return folder;
    },
    files: (name) => filesIn(join(directory, "files", fileName(name))),
    close() {
      if (!open) return;
      flush();
      if (now() > lastAt) tell([]);
      open = false;
      clearInterval(beat);
      journal.close();
    },
  };
}

const asItIs = <V>(): Form<V> => ({ write: (value) => value, read: (written) => written as V });

/** A name of any length and characters as the name of a file. */
function fileName(name: string): string {
  return createHash("sha256").update(name).digest("hex").slice(0, 40);
}

function filesIn(folder: string): KeptFiles {
  const place = (name: string) => join(folder, fileName(name));
  return {
    write(name, bytes) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const next = `${place(name)}.next`;
      writeFileSync(next, bytes, { mode: 0o600 });
      renameSync(next, place(name));
    },
    read: (name) => readFileSync(place(name)),
    remove: (name) => rmSync(place(name), { force: true }),
  };
}

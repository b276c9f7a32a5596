import { closeSync, openSync, renameSync, writeFileSync } from "node:fs";
import { setImmediate } from "node:timers/promises";

/** A file of lines that is written anew, in the background, when most of it is out of date. */
export interface JournalFile {
  /** The line is with the system when this returns; it survives the end of this process, not of the machine. */
  append(line: string): void;
  close(): void;
}

/** Less than this is not worth being written anew, in characters. */
const smallest = 16 * 1024 * 1024;

/** How many lines are written in one turn while the file is written anew. */
const portion = 200;

/**
 * Begins the file anew with the lines of `snapshot`, which is asked again whenever the file has outgrown it: the lines that
 * are appended meanwhile go to the old file and to the new one.
 */
export function journalFile(path: string, snapshot: () => Iterable<string>): JournalFile {
  const next = `${path}.next`;
  let file = openSync(next, "w", 0o600);
  let written = 0;
  for (const line of snapshot()) {
    writeFileSync(file, line);
    written += line.length;
  }
  renameSync(next, path);
  let limit = limitAfter(written);
  let renewed: number | undefined;
  let closed = false;

  const renew = async () => {
    const made = openSync(next, "w", 0o600);
    renewed = made;
    let length = 0;
    let count = 0;
    for (const line of snapshot()) {
      writeFileSync(made, line);
      length += line.length;
      count += 1;
      if (count % portion === 0) await setImmediate();
      if (closed) return;
    }
    renameSync(next, path);
    closeSync(file);
    file = made;
    renewed = undefined;
    written = length;
    limit = limitAfter(length);
  };

  return {
    append(line) {
      writeFileSync(file, line);
      if (renewed !== undefined) writeFileSync(renewed, line);
      written += line.length;
      if (written > limit && renewed === undefined) void renew();
    },
    close() {
      closed = true;
      closeSync(file);
      if (renewed !== undefined) closeSync(renewed);
    },
  };
}

const limitAfter = (length: number) => Math.max(smallest, 3 * length);

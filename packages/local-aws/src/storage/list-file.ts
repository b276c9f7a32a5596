import {
  appendFileSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { DataDirectoryError } from "./data-directory-error.ts";
import type { KeptList } from "./storage.ts";
import { dataOf, textOf } from "./text-of-data.ts";

/** A list in a file, one line for what was appended in one turn; `flush` writes it. */
export interface ListFile<V> extends KeptList<V> {
  flush(): void;
}

/** How much is written at once where a list is written anew, in characters. */
const portion = 1024 * 1024;

/** `changed` is called at the first append after a flush. */
export function listFile<V>(path: string, changed: () => void): ListFile<V> {
  let waiting: V[] = [];
  return {
    append(value) {
      waiting.push(value);
      if (waiting.length === 1) changed();
    },
    flush() {
      if (waiting.length === 0) return;
      const line = `${textOf(waiting)}\n`;
      waiting = [];
      appendFileSync(path, line, { mode: 0o600 });
    },
    read() {
      return [...(existsSync(path) ? (linesOf(path) as V[]) : []), ...waiting];
    },
    rewrite(values) {
      waiting = [];
      const next = `${path}.next`;
      writeFileSync(next, "", { mode: 0o600 });
      let text = "";
      for (const value of values) {
        text += `${textOf([value])}\n`;
        if (text.length < portion) continue;
        appendFileSync(next, text);
        text = "";
      }
      appendFileSync(next, text);
      renameSync(next, path);
    },
    remove() {
      waiting = [];
      rmSync(path, { force: true });
    },
  };
}

function linesOf(path: string): unknown[] {
  const bytes = readFileSync(path);
  const values: unknown[] = [];
  let start = 0;
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
    const line = valuesOf(bytes.toString("utf8", start, end), path);
    for (const value of line) values.push(value);
    start = end + 1;
  }
  // What follows the last line's end was being written when a process ended; the next line must not continue it.
  if (start < bytes.length) truncateSync(path, start);
  return values;
}

function valuesOf(text: string, path: string): unknown[] {
  try {
    const values = dataOf(text);
    if (Array.isArray(values)) return values;
  } catch (cause) {
    throw damaged(path, cause);
  }
  throw damaged(path);
}

const damaged = (path: string, cause?: unknown) =>
  new DataDirectoryError(`${path} is damaged; remove it, or name an empty directory`, { cause });

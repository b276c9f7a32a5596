import * as z from "zod";
import { DataDirectoryError } from "./data-directory-error.ts";
import { dataOf, textOf } from "./text-of-data.ts";

/** The form that this program writes and reads. Another form is refused, never guessed at. */
const version = 1;
const format = "journal of espalier's local AWS";

const Header = z.object({ format: z.literal(format), version: z.int(), starts: z.int().nonnegative() });

/** What happened to one key: it has this value now, or is gone. */
export type Change =
  | readonly [map: string, key: string, value: unknown]
  | readonly [map: string, key: string];

const Line = z.object({
  /** AWS time, milliseconds since the epoch. */
  at: z.number(),
  changes: z.array(
    z.union([z.tuple([z.string(), z.string(), z.unknown()]), z.tuple([z.string(), z.string()])]),
  ),
});

/** What a journal adds up to. */
export interface Recovered {
  /** How often a process has taken up this journal. */
  readonly starts: number;
  /** AWS time of the last line. */
  readonly at: number | undefined;
  readonly maps: Map<string, Map<string, unknown>>;
}

export function headerLine(starts: number): string {
  return `${JSON.stringify({ format, version, starts })}\n`;
}

export function changesLine(at: number, changes: readonly Change[]): string {
  return `${textOf({ at, changes })}\n`;
}

/**
 * Reads a journal. A last line without its end was being written when the process ended, and nobody was told of it: it is
 * left out. Throws DataDirectoryError, naming `path`, for any other damage and for journals of other versions.
 */
export function readJournal(bytes: Buffer, path: string): Recovered {
  const maps = new Map<string, Map<string, unknown>>();
  let starts: number | undefined;
  let at: number | undefined;
  let number = 0;
  for (let start = 0, end = bytes.indexOf(10); end >= 0; start = end + 1, end = bytes.indexOf(10, start)) {
    number += 1;
    const text = bytes.toString("utf8", start, end);
    if (starts === undefined) {
      starts = startsOf(text, path);
      continue;
    }
    const line = lineOf(text, `line ${number} of ${path}`);
    at = Math.max(at ?? line.at, line.at);
    for (const [name, key, ...value] of line.changes) {
      const map = maps.get(name) ?? new Map<string, unknown>();
      maps.set(name, map);
      if (value.length === 0) map.delete(key);
      else map.set(key, value[0]);
    }
  }
  if (starts === undefined && bytes.length > 0) startsOf(bytes.toString("utf8", 0, 200), path);
  return { starts: starts ?? 0, at, maps };
}

function startsOf(text: string, path: string): number {
  let header: z.infer<typeof Header>;
  try {
    header = Header.parse(JSON.parse(text));
  } catch (cause) {
    throw new DataDirectoryError(`${path} is no ${format}; name an empty directory`, { cause });
  }
  if (header.version === version) return header.starts;
  throw new DataDirectoryError(
    `${path} has form ${header.version} of the ${format}, this one reads form ${version}; name an empty directory, or run the version that wrote it`,
  );
}

function lineOf(text: string, place: string): z.infer<typeof Line> {
  try {
    return Line.parse(dataOf(text));
  } catch (cause) {
    throw new DataDirectoryError(
      `${place} is damaged; remove it and all that follow to go back to the state before, or name an empty directory`,
      { cause },
    );
  }
}

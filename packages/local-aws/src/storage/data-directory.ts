import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
} from "node:fs";
import { join } from "node:path";
import { DataDirectoryError } from "./data-directory-error.ts";
import { lockDirectory } from "./directory-lock.ts";
import { type DiskStorage, diskStorage } from "./disk-storage.ts";
import { readJournal } from "./journal-lines.ts";

/** A directory that keeps the state of a local AWS. This process alone has it until `close`. */
export interface DataDirectory {
  /** AWS time at which the state was left, milliseconds since the epoch; undefined if there is none yet. */
  readonly leftAt: number | undefined;
  /** How often the state was taken up before. */
  readonly starts: number;
  /** Begins to keep. `now` is AWS time. */
  open(now: () => number): DiskStorage;
  /** Forgets all that is kept; whoever still holds the storage from before keeps nothing by it any more. */
  empty(): void;
  close(): Promise<void>;
}

const journalName = "journal.jsonl";
const folders = ["lists", "files"];

/** Takes a directory, made if there is none. Throws DataDirectoryError where it is in use, foreign or damaged. */
export async function takeDataDirectory(path: string): Promise<DataDirectory> {
  const directory = made(path);
  const lock = await lockDirectory(directory);
  try {
    const journal = join(directory, journalName);
    const known = existsSync(journal);
    if (!known) refuseForeign(directory);
    const kept = readJournal(known ? readFileSync(journal) : Buffer.alloc(0), journal);
    let opened: DiskStorage | undefined;
    let maps = kept.maps;
    return {
      leftAt: kept.at,
      starts: kept.starts,
      open(now) {
        for (const folder of folders) mkdirSync(join(directory, folder), { recursive: true, mode: 0o700 });
        opened = diskStorage(directory, { journal, maps, starts: kept.starts + 1, now });
        return opened;
      },
      empty() {
        opened?.close();
        maps = new Map();
        for (const folder of folders) rmSync(join(directory, folder), { recursive: true, force: true });
      },
      async close() {
        opened?.close();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

function made(path: string): string {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const directory = realpathSync(path);
    for (const at of [directory, join(directory, journalName)])
      if (existsSync(at)) accessSync(at, constants.R_OK | constants.W_OK);
    return directory;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : cause;
    throw new DataDirectoryError(`${path} cannot be made or used: ${reason}; name another directory`, {
      cause,
    });
  }
}

function refuseForeign(directory: string): void {
  const others = readdirSync(directory).filter((name) => !name.startsWith(`${journalName}.`));
  if (others.length === 0) return;
  throw new DataDirectoryError(
    `${directory} holds ${others[0]} and no state of a local AWS; name an empty directory`,
  );
}

import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type DataDirectory, takeDataDirectory } from "../../src/storage/data-directory.ts";

/** A directory that goes with the test. */
export function temporaryDirectory(): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), "local-aws-")));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Takes the directory and begins to keep, at a time that stands still unless `now` says otherwise. */
export async function openedDirectory(path: string, now = () => 0) {
  const directory = await takeDataDirectory(path);
  onTestFinished(() => directory.close());
  return { directory, storage: directory.open(now) };
}

/** Leaves the directory to the next one, as the end of the process does. */
export async function left({ directory }: { directory: DataDirectory }): Promise<void> {
  await directory.close();
}

export const journalOf = (directory: string) => join(directory, "journal.jsonl");

export const journalText = (directory: string) => readFileSync(journalOf(directory), "utf8");

/** The paths of the lists in a directory. */
export const listsIn = (directory: string) =>
  readdirSync(join(directory, "lists")).map((name) => join(directory, "lists", name));

import { cpSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Storage } from "../storage/storage.ts";
import type { FunctionSettings } from "./function-settings.ts";

/** The copies of bundles that functions run from, where anything outlives the process. */
export interface KeptBundles {
  /** The settings, with a copy of the bundle in the place of the directory. */
  kept(settings: FunctionSettings, revisionId: string): FunctionSettings;
}

/** Drops the copies that none of `inUse` runs from; those of a function that is replaced stay until the next start. */
export function keptBundles(storage: Storage, inUse: readonly FunctionSettings[]): KeptBundles {
  const folder = storage.folder("lambda.bundles");
  if (folder === undefined) return { kept: (settings) => settings };
  const used = new Set(inUse.map(({ directory }) => directory));
  for (const name of readdirSync(folder)) {
    const copy = join(folder, name);
    if (!used.has(copy)) rmSync(copy, { recursive: true, force: true });
  }
  return {
    kept(settings, revisionId) {
      if (!settings.selfContained) return settings;
      const directory = join(folder, revisionId);
      cpSync(settings.directory, directory, { recursive: true });
      return { ...settings, directory };
    },
  };
}

import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import path from "node:path";

/** A deployment's own copy of the bundles that SST built, since the next deployment builds over them. */
export interface Bundles {
  /** The directory of a function's bundle, by the name of its component. */
  of(component: string): string;
  remove(): void;
}

/** Copies all bundles in `.sst/artifacts`. They go with `remove`, or at the latest when this process exits. */
export function keepBundles(root: string): Bundles {
  const built = path.join(root, ".sst/artifacts");
  const home = path.join(root, ".sst/local-deploy");
  mkdirSync(home, { recursive: true });
  const kept = mkdtempSync(path.join(home, "bundles-"));
  cpSync(built, kept, { recursive: true, filter: (file) => !file.endsWith(".zip") });
  const remove = () => rmSync(kept, { recursive: true, force: true });
  process.once("exit", remove);
  return {
    of: (component) => path.join(kept, `${component}-src`),
    remove() {
      process.off("exit", remove);
      remove();
    },
  };
}

import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { DeployError } from "../deploy-error.ts";

/** sst's own executable rather than its launcher, which outlives a signal. Throws DeployError where set-up is not complete. */
export function sstBinary(root: string): string {
  if (!existsSync(path.join(root, ".sst/platform/node_modules")))
    throw new DeployError("SST's platform is not installed; run: npm run setup");
  try {
    const launcher = createRequire(path.join(root, "node_modules/sst/bin/sst.mjs"));
    return launcher.resolve(`sst-${process.platform}-${process.arch}/bin/sst`);
  } catch (cause) {
    throw new DeployError("sst is not installed; run: npm run setup", { cause });
  }
}

import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

const main = path.resolve(import.meta.dirname, "../pulumi-stand-in/main.ts");

// Pulumi takes a stack trace for every promise it makes: without them a deployment needs a third less of Node's time. Small
// heaps keep the demonstration's processes below a gigabyte together.
const nodeOptions = ["--stack-trace-limit=0", "--max-semi-space-size=4", "--max-old-space-size=256"];

/** Puts a launcher of the stand-in where sst looks for pulumi below `configHome`. Returns its path. */
export function installStandIn(configHome: string): string {
  const launcher = path.join(configHome, "sst/bin/pulumi");
  mkdirSync(path.dirname(launcher), { recursive: true });
  const command = [process.execPath, ...nodeOptions, main].map(quoted).join(" ");
  writeFileSync(launcher, `#!/bin/sh\nexec ${command} "$@"\n`);
  chmodSync(launcher, 0o755);
  return launcher;
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

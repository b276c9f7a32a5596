import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

const main = path.resolve(import.meta.dirname, "../pulumi-stand-in/main.ts");

/** Puts a launcher of the stand-in where sst looks for pulumi below `configHome`. Returns its path. */
export function installStandIn(configHome: string): string {
  const launcher = path.join(configHome, "sst/bin/pulumi");
  mkdirSync(path.dirname(launcher), { recursive: true });
  writeFileSync(launcher, `#!/bin/sh\nexec ${quoted(process.execPath)} ${quoted(main)} "$@"\n`);
  chmodSync(launcher, 0o755);
  return launcher;
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

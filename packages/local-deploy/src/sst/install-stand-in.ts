import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

const main = path.resolve(import.meta.dirname, "../pulumi-stand-in/main.ts");

/** Puts a launcher of the stand-in where sst looks for pulumi below `configHome`. Returns its path. */
export function installStandIn(configHome: string): string {
  const launcher = path.join(configHome, "sst/bin/pulumi");
  mkdirSync(path.dirname(launcher), { recursive: true });
  // Pulumi takes a stack trace for every promise it makes; without them a deployment needs a third less of Node's time.
  const command = `${quoted(process.execPath)} --stack-trace-limit=0 ${quoted(main)}`;
  writeFileSync(launcher, `#!/bin/sh\nexec ${command} "$@"\n`);
  chmodSync(launcher, 0o755);
  return launcher;
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

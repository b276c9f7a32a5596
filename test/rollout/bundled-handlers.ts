import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { buildSync } from "esbuild";

const HANDLERS = new URL("../../functions/rollout", import.meta.url).pathname;

let bundled: string | undefined;

/**
 * The folder of the handlers' bundles, made as `sst deploy` makes them, once a process: a function that starts cold loads one file
 * instead of every source of the SDK's clients.
 */
export function bundledHandlers(): string {
  bundled ??= bundle();
  return bundled;
}

function bundle(): string {
  const outdir = mkdtempSync(path.join(tmpdir(), "espalier-handlers-"));
  process.on("exit", () => rmSync(outdir, { recursive: true, force: true }));
  buildSync({
    entryPoints: readdirSync(HANDLERS).map((file) => path.join(HANDLERS, file)),
    outdir,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node24",
    outExtension: { ".js": ".mjs" },
    // Some of what is bundled is CommonJS and asks for Node's own modules.
    banner: {
      js: 'import { createRequire as makeRequire } from "node:module"; const require = makeRequire(import.meta.url);',
    },
    logLevel: "error",
  });
  return outdir;
}

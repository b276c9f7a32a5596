#!/usr/bin/env node
// Plain JavaScript without dependencies: it runs on whatever Node there is, before anything is installed.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const bin = path.join(root, "node_modules/.bin");
const own = path.join(root, ".espalier");

try {
  const [script, ...words] = process.argv.slice(2);
  requireNode();
  await oneAtATime(setUp);
  if (script !== undefined) process.exitCode = await runScript(script, words);
} catch (error) {
  console.error(`setup: ${String(error.message).split("\n")[0]}`);
  process.exitCode = 1;
}

function requireNode() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major < 20) throw new Error(`this is Node ${process.versions.node}; install Node 20 or newer`);
}

async function setUp() {
  if (!packagesAreInstalled()) await installPackages();
  if (!existsSync(path.join(bin, "node")))
    throw new Error("the package node has not installed its executable; run: npm ci --ignore-scripts=false");
  if (!platformIsInstalled()) await installPlatform();
}

/** Whether node_modules holds what the lock names. Times of files say little after a checkout, so contents are compared. */
function packagesAreInstalled() {
  const hidden = path.join(root, "node_modules/.package-lock.json");
  if (!existsSync(hidden)) return false;
  const installed = JSON.parse(readFileSync(hidden, "utf8")).packages;
  const locked = JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8")).packages;
  return Object.entries(locked).every(
    ([place, { version, resolved, link, optional, devOptional, peer }]) =>
      !place.includes("node_modules/") ||
      (installed[place] === undefined
        ? Boolean(optional || devOptional || peer)
        : installed[place].version === version && (!link || installed[place].resolved === resolved)),
  );
}

async function installPackages() {
  say("installing packages (npm ci); the first time this takes a minute");
  const npm = process.env.npm_execpath;
  const [program, words] = npm?.endsWith(".js") ? [process.execPath, [npm]] : ["npm", []];
  // Packages that want a newer Node get it: everything runs on the Node 24 that is among them.
  const options = ["--loglevel=error", "--ignore-scripts=false", "--no-audit", "--no-fund"];
  await quietly("npm ci", program, [...words, "ci", ...options], process.env);
}

function platformIsInstalled() {
  return existsSync(platformStamp()) && existsSync(path.join(root, ".sst/platform/node_modules"));
}

/** A file that says which SST's platform was completely installed, for which configuration. */
function platformStamp() {
  const { version } = JSON.parse(readFileSync(path.join(root, "node_modules/sst/package.json"), "utf8"));
  const config = createHash("sha256")
    .update(readFileSync(path.join(root, "sst.config.ts")))
    .digest("hex");
  return path.join(root, ".sst", `installed-${version}-${config.slice(0, 8)}`);
}

async function installPlatform() {
  say("installing SST's platform (sst install); the first time this takes half a minute");
  const bun = path.join(root, "node_modules/bun/bin/bun.exe");
  const usable = await ended(spawn(bun, ["--version"], { stdio: "ignore" })).catch(() => 1);
  await quietly("sst install", path.join(bin, "sst"), ["install", "--stage", "setup"], {
    ...process.env,
    PATH: searchPath(),
    CI: "1",
    XDG_CONFIG_HOME: path.join(root, ".sst/local-deploy/config"),
    SST_SKIP_DEPENDENCY_CHECK: "true",
    SST_TELEMETRY_DISABLED: "1",
    // Only bun keeps SST's own lock; npm does where bun does not run.
    ...(usable === 0 ? { SST_BUN_PATH: bun } : { SST_NO_BUN: "true" }),
    AWS_ACCESS_KEY_ID: "none",
    AWS_SECRET_ACCESS_KEY: "none",
  });
  writeFileSync(platformStamp(), "");
}

/** Runs a tool, keeping what it says in a file; its failure is one line. */
async function quietly(name, program, words, env) {
  const log = path.join(own, "setup.log");
  const child = spawn(program, words, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += chunk));
  const code = await ended(child).catch((error) => {
    throw new Error(`${program} cannot be run (${error.code}); install Node 20 or newer with npm`);
  });
  writeFileSync(log, said);
  if (code === 0) return;
  const reason = /^(?:npm error|✕) +(?!code |errno |syscall )(.+)$/m.exec(said)?.[1] ?? `exit code ${code}`;
  throw new Error(
    `${name} failed (${reason}); see ${path.relative(process.cwd(), log)}, then run this again`,
  );
}

/** Runs a script of package.json on Node 24. Signals reach it; its exit code is returned. */
async function runScript(name, words) {
  const command = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")).scripts[name];
  if (command === undefined) throw new Error(`package.json has no script "${name}"`);
  const line = [command, ...words.map(quoted)].join(" ");
  // A single command takes the shell's place, so that signals reach it and not a shell around it.
  const child = spawn("sh", ["-c", /[&|;]/.test(command) ? line : `exec ${line}`], {
    cwd: root,
    stdio: "inherit",
    // Functions are threads that come and go, and glibc would keep memory for each of them apart: a hundred megabytes.
    env: { MALLOC_ARENA_MAX: "2", ...process.env, PATH: searchPath() },
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  return ended(child);
}

function searchPath() {
  return `${bin}${path.delimiter}${process.env.PATH}`;
}

function quoted(word) {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** The exit code of a child, by the shell's convention where a signal ended it. */
function ended(child) {
  const numbers = { SIGHUP: 129, SIGINT: 130, SIGKILL: 137, SIGTERM: 143 };
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve(code ?? numbers[signal] ?? 1));
  });
}

/** One set-up at a time; a second one waits and then finds everything done. */
async function oneAtATime(work) {
  const lock = path.join(own, "setup.pid");
  mkdirSync(own, { recursive: true });
  for (let said = false; !taken(lock); said = true) {
    if (!said) say("waiting for another set-up to end");
    await sleep(200);
  }
  try {
    await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function taken(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    if (!alive(lock)) rmSync(lock, { force: true });
    return false;
  }
}

function alive(lock) {
  try {
    process.kill(Number(readFileSync(lock, "utf8")), 0);
    return true;
  } catch (error) {
    return error.code !== "ESRCH" && error.code !== "ENOENT";
  }
}

function say(text) {
  console.error(`setup: ${text}`);
}

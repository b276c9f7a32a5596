import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const repository = path.resolve(import.meta.dirname, "..");
let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "setup-"));
  mkdirSync(path.join(root, "scripts"));
  cpSync(path.join(repository, "scripts/setup.js"), path.join(root, "scripts/setup.js"));
  write("sst.config.ts", "");
  write(
    "package-lock.json",
    JSON.stringify({ packages: { "": {}, "node_modules/one": { version: "1.0.0" } } }),
  );
  scripts({ hello: "node hello.js", chain: "true && node hello.js" });
  write("hello.js", "console.log(JSON.stringify(process.argv.slice(2)));");
});
afterEach(() => rmSync(root, { recursive: true }));

function write(file: string, text: string, mode = 0o644): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text, { mode });
}

function scripts(scripts: Record<string, string>): void {
  write("package.json", JSON.stringify({ type: "module", scripts }));
}

/** Everything as an earlier set-up would have left it. `sst install` says what it was called with. */
function installed(version = "1.0.0"): void {
  const lock = { packages: { "node_modules/one": { version } } };
  write("node_modules/.package-lock.json", JSON.stringify(lock));
  write("node_modules/.bin/node", `#!/bin/sh\nexec '${process.execPath}' "$@"\n`, 0o755);
  write("node_modules/.bin/sst", "#!/bin/sh\nmkdir -p .sst/platform/node_modules\n", 0o755);
  write("node_modules/sst/package.json", JSON.stringify({ version: "4.0.0" }));
  write("node_modules/bun/bin/bun.exe", "#!/bin/sh\n", 0o755);
}

/** An npm that leaves the right packages behind, or fails with this message. */
function npm(failure?: string): void {
  const lock = JSON.stringify({ packages: { "node_modules/one": { version: "1.0.0" } } });
  const does = failure ? `echo '${failure}' >&2; exit 1` : `echo '${lock}' > node_modules/.package-lock.json`;
  write("bin/npm", `#!/bin/sh\necho called >> npm-calls\n${does}\n`, 0o755);
}

const environment = () => ({ PATH: `${path.join(root, "bin")}:/usr/bin:/bin` });

function setup(...words: string[]) {
  const script = path.join(root, "scripts/setup.js");
  return spawnSync(process.execPath, [script, ...words], { encoding: "utf8", env: environment() });
}

describe("set-up", () => {
  test("hands a script its words, whatever is in them", () => {
    installed();
    expect(JSON.parse(setup("hello", "--once", "it's", "$HOME *").stdout)).toEqual([
      "--once",
      "it's",
      "$HOME *",
    ]);
    expect(JSON.parse(setup("chain", "--once").stdout)).toEqual(["--once"]);
  });

  test("ends with the script's exit code", () => {
    installed();
    write("hello.js", "process.exit(7)");
    expect(setup("hello").status).toBe(7);
  });

  test("passes a signal on to the script", async () => {
    installed();
    write(
      "hello.js",
      "process.on('SIGTERM', () => process.exit(9)); setInterval(() => {}, 1e6); console.log('up');",
    );
    const child = spawn(process.execPath, [path.join(root, "scripts/setup.js"), "hello"], {
      env: environment(),
    });
    await once(child.stdout, "data");
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([9, null]);
  });

  test("installs SST's platform once, and says so", () => {
    installed();
    expect(setup().stderr).toContain("installing SST's platform");
    expect(setup().stderr).toBe("");
  });

  test("installs packages when one is missing or has another version than the lock's", () => {
    npm();
    installed("0.9.0");
    expect(setup("hello").stderr).toContain("installing packages");
    expect(setup("hello").stderr).toBe("");
    expect(readFileSync(path.join(root, "npm-calls"), "utf8")).toBe("called\n");
  });

  test("is done once when two begin together", async () => {
    npm();
    installed("0.9.0");
    const both = [1, 2].map(() =>
      spawn(process.execPath, [path.join(root, "scripts/setup.js")], { env: environment() }),
    );
    const ends = await Promise.all(both.map((child) => once(child, "exit")));
    expect(ends).toEqual([
      [0, null],
      [0, null],
    ]);
    expect(readFileSync(path.join(root, "npm-calls"), "utf8")).toBe("called\n");
  });
});

describe("set-up that cannot be done says in one line", () => {
  test("why an install failed and where the rest is", () => {
    npm("npm error code ENOTFOUND\nnpm error network is unreachable");
    installed("0.9.0");
    const { status, stderr } = setup("hello");
    expect(status).toBe(1);
    expect(stderr.split("\n").at(-2)).toMatch(
      /^setup: npm ci failed \(network is unreachable\); see .*setup\.log, then run this again$/,
    );
  });

  test("that npm is missing", () => {
    const { stderr } = spawnSync(process.execPath, [path.join(root, "scripts/setup.js")], {
      encoding: "utf8",
      env: { PATH: path.join(root, "bin") },
    });
    expect(stderr.split("\n").at(-2)).toBe(
      "setup: npm cannot be run (ENOENT); install Node 20 or newer with npm",
    );
  });

  test("that there is no such script", () => {
    installed();
    expect(setup("nope").stderr.split("\n").at(-2)).toBe('setup: package.json has no script "nope"');
  });
});

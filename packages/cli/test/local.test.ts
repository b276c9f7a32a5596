import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ExitCode } from "../src/fail.ts";
import { unlessStopped } from "../src/local/stopping.ts";

const main = path.resolve(import.meta.dirname, "../src/main.ts");

let home: string;
let file: string;
const started: ChildProcessWithoutNullStreams[] = [];
beforeEach(() => {
  home = mkdtempSync(path.join(os.tmpdir(), "espalier-home-"));
  file = path.join(home, "local.json");
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
  rmSync(home, { recursive: true });
});

/** `espalier local`, up and announced or not; what it said, and its end. */
async function local() {
  const env = { ...process.env, ESPALIER_HOME: home };
  const child = spawn(process.execPath, [main, "local", "--port", "0"], { env });
  started.push(child);
  const ended = once(child, "exit").then(([code]) => code as number | null);
  let said = "";
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    said += chunk;
    if (said.includes("Ctrl-C stops it")) break;
  }
  return { said, ended, kill: (signal: NodeJS.Signals) => child.kill(signal) };
}

const announced = () => JSON.parse(readFileSync(file, "utf8"));

describe("espalier local", () => {
  test.for(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "cleans up on %s, however often it comes",
    async (signal) => {
      const { ended, kill } = await local();
      expect(announced()).toMatchObject({ stage: "local" });
      for (let times = 0; times < 3; times += 1) kill(signal);
      expect(await ended).toBe(ExitCode.done);
      expect(existsSync(file)).toBe(false);
    },
  );

  test("leaves the announcement of one that was here first alone", async () => {
    const first = await local();
    const before = announced();
    const second = await local();
    expect(second.said).toContain(
      `--local goes on to mean the AWS that was here first, at ${before.endpoint}`,
    );
    expect(announced()).toEqual(before);
    second.kill("SIGTERM");
    expect(await second.ended).toBe(ExitCode.done);
    expect(announced()).toEqual(before);
    first.kill("SIGTERM");
    await first.ended;
    expect(existsSync(file)).toBe(false);
  });

  test.for([
    ["no session", "not JSON"],
    ["a session whose process is gone", JSON.stringify({ pid: 2 ** 22 + 1, endpoint: "http://127.0.0.1:1" })],
  ] as const)("takes the place of %s", async ([, text]) => {
    writeFileSync(file, text);
    const { kill, ended } = await local();
    expect(announced()).toMatchObject({ stage: "local", endpoint: expect.stringContaining("127.0.0.1") });
    kill("SIGTERM");
    await ended;
  });
});

describe("espalier local does not start", () => {
  test.for([
    ["a file of the user's as the root", "--authority", "mine.txt", "are no root and its key"],
    ["a file as the folder of access logs", "--access-logs", "mine.txt", "cannot be made a folder"],
    ["a file as the data directory", "--data", "mine.txt", "cannot be made or used"],
    ["a folder of the user's as the data directory", "--data", ".", "name an empty directory"],
  ] as const)("with %s, which it leaves alone", async ([, option, name, message]) => {
    const mine = path.join(home, "mine.txt");
    writeFileSync(mine, "mine");
    const env = { ...process.env, ESPALIER_HOME: home };
    const child = spawn(process.execPath, [main, "local", "--port", "0", option, path.join(home, name)], {
      env,
    });
    started.push(child);
    const [said, [code]] = await Promise.all([text(child.stderr), once(child, "exit")]);
    expect(code).toBe(ExitCode.failed);
    expect(said).toMatch(new RegExp(`^${option}: [^\n]*${message}[^\n]*\n$`));
    expect(readFileSync(mine, "utf8")).toBe("mine");
  });
});

describe("work that the user may stop", () => {
  const stopped = { name: "UserError", exitCode: ExitCode.interrupted };

  test("is left as soon as it is stopped, whatever becomes of it", async () => {
    const stop = new AbortController();
    const work = Promise.withResolvers<string>();
    const left = unlessStopped(stop.signal, work.promise);
    stop.abort();
    await expect(left).rejects.toMatchObject(stopped);
    work.reject(new Error("too late to matter"));
  });

  test("is left where it was stopped before", async () => {
    await expect(unlessStopped(AbortSignal.abort(), new Promise(() => undefined))).rejects.toMatchObject(
      stopped,
    );
  });

  test("is what it comes to where nobody stops it", async () => {
    const stop = new AbortController();
    expect(await unlessStopped(stop.signal, Promise.resolve("done"))).toBe("done");
    await expect(unlessStopped(stop.signal, Promise.reject(new Error("no")))).rejects.toThrow("no");
  });
});

import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { oneAtATime } from "../src/sst/one-at-a-time.ts";

const directory = () => mkdtempSync(path.join(tmpdir(), "one-at-a-time-"));
const nobody = () => {};

describe("work in one directory", () => {
  test("is done one piece after the other", async () => {
    const here = directory();
    let running = 0;
    const piece = () =>
      oneAtATime(here, nobody, async () => {
        expect(++running).toBe(1);
        await new Promise(setImmediate);
        running--;
      });
    await Promise.all([piece(), piece(), piece()]);
  });

  test("says that it waits, once", async () => {
    const here = directory();
    const first = Promise.withResolvers<void>();
    let said = 0;
    const one = oneAtATime(here, nobody, () => first.promise);
    const other = oneAtATime(
      here,
      () => first.resolve(void said++),
      async () => {},
    );
    await Promise.all([one, other]);
    expect(said).toBe(1);
  });

  test("goes on after a piece that failed", async () => {
    const here = directory();
    const failing = oneAtATime(here, nobody, () => Promise.reject(new Error("no")));
    await expect(failing).rejects.toThrow("no");
    await expect(oneAtATime(here, nobody, async () => "done")).resolves.toBe("done");
  });

  test("does not wait for a process that is gone", async () => {
    const here = directory();
    const { pid } = spawnSync(process.execPath, ["--version"]);
    writeFileSync(path.join(here, "pid"), String(pid));
    await expect(oneAtATime(here, nobody, async () => "done")).resolves.toBe("done");
  });
});

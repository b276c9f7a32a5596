import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { espalier } from "../src/espalier.ts";
import { ExitCode } from "../src/fail.ts";
import { runCli } from "../src/run-cli.ts";
import { consoleLines } from "./console-lines.ts";
import { type GuardedShop, guardedShop } from "./guarded-shop.ts";
import { readGuide, words } from "./read-guide.ts";

const { blocks, lines, text: guide } = readGuide("policies");
let shop: GuardedShop;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "espalier-policies-"));
  for (const text of blocks("yaml")) writeFileSync(path.join(folder, /^# (\S+)/.exec(text)?.[1] ?? ""), text);
  shop = await guardedShop();
  await shop.call("order", "GET", `${shop.urls.inventory}/stock`);
  await shop.logsArrive();
});
afterAll(async () => {
  await shop.close();
  rmSync(folder, { recursive: true });
});

const printed = consoleLines();

/** A word of a command line, files where the guide's are. */
const placed = (word: string) => (word.endsWith(".yaml") ? path.join(folder, word) : word);

describe("the guide to policies", () => {
  test("has command lines, a document and decisions", () => {
    expect(lines.length).toBeGreaterThan(8);
    expect(blocks("yaml")).toHaveLength(2);
  });

  test.for(lines)("gives a command line that does what it says: %s", async (line) => {
    const [command, ...rest] = words(line).map(placed);
    expect(command).toBe("espalier");
    const code = await runCli(espalier, rest);
    expect(printed.err).toEqual([]);
    const deniesSome = /check (broke|222222222222)/.test(line);
    expect(code).toBe(deniesSome ? ExitCode.denied : ExitCode.done);
  });

  test.for(["policy check broke", "policy matrix"])("shows what %s prints", async (start) => {
    const line = lines.find((each) => each.startsWith(`espalier ${start}`)) ?? "";
    await runCli(espalier, words(line).slice(1));
    const out = printed.out.map((each) =>
      `    ${each}`.replace(/svc-[0-9a-f]{17}/g, "svc-0123456789abcdef0"),
    );
    expect(guide).toContain(`\n\n${out.join("\n")}\n\n`);
  });
});

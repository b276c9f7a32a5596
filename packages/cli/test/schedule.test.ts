import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { espalier } from "../src/espalier.ts";
import { ExitCode } from "../src/fail.ts";
import { runCli } from "../src/run-cli.ts";
import { consoleLines } from "./console-lines.ts";
import { type DeployedStage, deployedStage } from "./deployed-stage.ts";

let stage: DeployedStage;
beforeAll(async () => {
  stage = await deployedStage();
  await stage.open("inventory");
});
afterAll(() => stage?.close());

const printed = consoleLines();
const schedule = (...words: string[]) => runCli(espalier, ["schedule", ...words]);
const shift = ["--service", "inventory", "--candidate", "inventory-v2", "--weights", "20,60", "--bake", "1"];

async function listed() {
  printed.out = [];
  await schedule("list", "--json");
  return JSON.parse(printed.out.join("\n"));
}

describe("espalier schedule", () => {
  test.for([
    ["often", ["--rate", "20 minutes"], "rate(20 minutes)", /T\d\d:\d\d:\d\dZ$/],
    ["on-the-clock", ["--cron", "0/20 * * * ? *"], "cron(0/20 * * * ? *)", /T\d\d:[024]0:00Z$/],
  ] as const)(
    "asks for a rollout each time it is due: %s",
    { timeout: 30_000 },
    async ([name, due, when, at]) => {
      expect(await schedule("create", name, ...due, ...shift), printed.err.join()).toBe(0);
      expect(printed.out).toEqual([`scheduled ${name}: ${when} UTC`]);
      expect(await listed()).toMatchObject([
        { name, when, enabled: true, request: { service: "inventory" } },
      ]);
      const rollout = new RegExp(
        `^arn:aws:scheduler:us-east-1:\\d+:schedule/rollouts/${name}/\\d{4}-\\d\\d-\\d\\d${at.source}`,
      );
      await vi.waitFor(async () => {
        printed.out = [];
        await runCli(espalier, ["rollout", "list", "--json"]);
        const ids = JSON.parse(printed.out.join("\n"))
          .map(({ id }: { id: string }) => id)
          .filter((id: string) => id.includes(`/${name}/`));
        expect(new Set(ids).size).toBeGreaterThan(1);
        for (const id of ids) expect(id).toMatch(rollout);
      }, 20_000);
      expect(await schedule("delete", name)).toBe(ExitCode.done);
      expect(await listed()).toEqual([]);
    },
  );

  test("lists what is scheduled for people, and says where there is nothing", async () => {
    expect(await schedule("list")).toBe(ExitCode.done);
    expect(printed.out).toEqual([
      "nothing is scheduled; schedule a rollout: espalier schedule create --help",
    ]);
    printed.out = [];
    await schedule(
      "create",
      "new-year",
      "--at",
      "2099-01-01T09:00",
      "--time-zone",
      "Europe/Berlin",
      ...shift,
    );
    await schedule("list");
    expect(printed.out.at(-1)).toMatch(
      /^new-year +at\(2099-01-01T09:00:00\) Europe\/Berlin +inventory +inventory-v2 +canary$/,
    );
  });

  test.for([
    [
      ["create", "new-year", "--rate", "1 day", ...shift],
      ExitCode.failed,
      'there is a schedule "new-year" already; ',
    ],
    [
      ["create", "a/b", "--rate", "1 day", ...shift],
      ExitCode.usage,
      'the name is "a/b"; a schedule\'s has 1 to 64 ',
    ],
    [
      ["create", "late", "--rate", "1 day", "--weights", "5:1"],
      ExitCode.usage,
      "service is missing; give the name, ",
    ],
    [["delete", "new-yaer"], ExitCode.failed, 'there is no schedule "new-yaer" (did you mean new-year?)'],
  ] as const)("refuses %j in a line", async ([words, code, message]) => {
    expect(await schedule(...words)).toBe(code);
    expect(printed.err[0]).toContain(message);
  });
});

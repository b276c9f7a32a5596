import { mkdtempSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { defineCommand } from "citty";
import { describe, expect, test } from "vitest";
import { simulate } from "../src/commands/simulate/simulate.ts";
import { ExitCode } from "../src/fail.ts";
import { runCli } from "../src/run-cli.ts";
import { consoleLines } from "./console-lines.ts";

const folder = mkdtempSync(path.join(os.tmpdir(), "espalier-simulate-"));
const file = (name: string, content: unknown) => {
  const at = path.join(folder, name);
  writeFileSync(at, typeof content === "string" ? content : JSON.stringify(content));
  return at;
};
const root = defineCommand({ meta: { name: "espalier" }, subCommands: { simulate } });
const leak = {
  name: "a leak",
  minutes: 30,
  requestsPerSecond: 5,
  stable: { errorRate: 0.001 },
  candidate: { errorRate: 0.001, leak: { fromMinute: 2, toMinute: 10, addErrorRate: 0.3 } },
};

const printed = consoleLines();

describe("espalier simulate", () => {
  const world = file("leak.json", leak);

  test("answers one object a rule, the same for the same seed", async () => {
    const asked = ["simulate", world, "--rule", "all", "--runs", "5", "--json"];
    expect(await runCli(root, asked)).toBe(ExitCode.done);
    const scores = printed.out.map((line) => JSON.parse(line));
    expect(scores.map(({ rule }) => rule)).toEqual([
      ...["espalier", "flagger", "argo-docs", "argo-tight", "codedeploy", "kayenta"],
    ]);
    expect(Object.keys(scores[0])).toEqual([
      ...["rule", "runs", "rolledBack", "promoted", "undecided", "minutesTo90", "minutesToFull"],
      ...["minutesToRollback", "exposureMinutes", "excessBadRequests"],
    ]);
    expect(scores[1]).toMatchObject({ runs: 5, rolledBack: 1, promoted: 0, undecided: 0 });
    const first = printed.out;
    printed.out = [];
    await runCli(root, asked);
    expect(printed.out).toEqual(first);
    printed.out = [];
    await runCli(root, [...asked, "--seed", "2"]);
    expect(printed.out).not.toEqual(first);
  });

  test("says what of a request it leaves out, beside the answer", async () => {
    const query = { namespace: "Shop", metric: "Lost" };
    const request = file("request.json", {
      service: "inventory",
      candidate: "inventory-v3",
      metrics: [
        { name: "errors", weight: 1 },
        { name: "baskets", weight: 1, bad: query, total: query },
      ],
      alarms: ["checkout"],
      strategy: {
        type: "canary",
        steps: [
          { match: { path: { prefix: "/beta" } }, bakeMinutes: 5 },
          { weight: 50, approval: true },
        ],
      },
    });
    await runCli(root, ["simulate", world, "--rollout", request, "--runs", "5", "--json"]);
    expect(printed.err).toEqual([
      `${request}: not simulated: metrics: baskets, strategy.steps[0].match, strategy.steps[1].approval, alarms`,
    ]);
    expect(printed.out).toHaveLength(1);
  });

  test("prints a table", async () => {
    await runCli(root, ["simulate", world, "--runs", "5"]);
    expect(printed.out[0]).toBe("a leak: 5 runs, seed 1");
    expect(printed.out.at(-1)).toMatch(/^espalier +100\.0% +0\.0% +0\.0% /);
  });

  test("tells one run minute by minute", async () => {
    await runCli(root, ["simulate", world, "--trace", "--rule", "flagger"]);
    expect(printed.out[0]).toMatch(/^a leak, flagger: rolled back after \d+ min; /);
    expect(printed.out[3]).toMatch(/^1 +10\.0% +\d+ +\d+ +\d+, \d+ /);
    expect(printed.out.at(-1)).toMatch(/ rolled back +5 of 5 failed checks$/);
  });

  test("tries the strategy of a request", async () => {
    const request = file("request.json", {
      service: "inventory",
      candidate: "inventory-v2",
      strategy: { type: "canary", steps: [{ weight: 1, bakeMinutes: 29 }] },
    });
    await runCli(root, ["simulate", world, "--rollout", request, "--trace"]);
    expect(printed.out[3]).toMatch(/^1 +1\.0% /);
  });

  test.for([
    [
      ["--rule", "flager"],
      'there is no rule "flager"; there are: espalier, flagger, argo-docs, argo-tight, codedeploy, kayenta, all',
    ],
    [["--runs", "0"], "--runs is 0; it is a whole number from 1 to 1000000"],
    [["--runs", "1e3"], "--runs is 1e3; it is a whole number from 1 to 1000000"],
    [["--seed=-1"], "--seed is -1; it is a whole number from 0 to 9007199254740991"],
    [["--trace", "--json"], "--trace tells one run in words and has no --json; leave one of the two out"],
    [["--rollout", "none.json"], "none.json: there is no such file"],
  ] as const)("refuses %j in one line", async ([options, line]) => {
    expect(await runCli(root, ["simulate", world, ...options])).toBe(ExitCode.usage);
    expect(printed.err).toEqual([line]);
  });

  test("refuses a world by its fields, and what is no JSON", async () => {
    const bad = file("bad.json", { ...leak, minutes: 0, candidate: { errorRate: 2 } });
    expect(await runCli(root, ["simulate", bad])).toBe(ExitCode.usage);
    expect(printed.err).toEqual([
      `${bad}: minutes is 0; a world lasts a whole number of minutes from 1 to 10080, which is a week`,
      `${bad}: candidate.errorRate is 2; an error rate is a share of the requests, from 0 to 1`,
    ]);
    printed.err = [];
    expect(await runCli(root, ["simulate", file("words.json", "just words")])).toBe(ExitCode.usage);
    expect(printed.err).toEqual([expect.stringContaining("words.json: Unexpected token")]);
    expect(await runCli(root, ["simulate", path.join(folder, "none.json")])).toBe(ExitCode.usage);
  });
});

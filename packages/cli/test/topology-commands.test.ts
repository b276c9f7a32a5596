import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { readDocument } from "@espalier/topology";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { table } from "../../../functions/test/provision-workflow.ts";
import { type RunRig, runRig, vpc } from "../../../functions/test/run-rig.ts";
import { followRun } from "../src/commands/topology/follow-run.ts";
import { espalier } from "../src/espalier.ts";
import { runCli } from "../src/run-cli.ts";
import { topologiesTable } from "../src/topologies-table.ts";
import type { Live } from "../src/view/live.ts";
import { talkTo, writeOutputs } from "./aws-environment.ts";
import { consoleLines } from "./console-lines.ts";

const document = {
  name: "stall",
  networks: { market: { authType: "AWS_IAM" } },
  targetGroups: { "fruit-v1": { type: "IP", vpc, port: 80, targets: ["10.0.0.1"] } },
  services: {
    fruit: {
      networks: ["market"],
      listeners: { http: { protocol: "HTTP", defaultAction: { forward: "fruit-v1" } } },
    },
  },
};

let rig: RunRig;
let folder: string;
let file: string;
let leave: () => void;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "espalier-stall-"));
  file = path.join(folder, "stall.json");
  writeFileSync(file, JSON.stringify(document));
  rig = await runRig();
  await writeOutputs(rig.aws, { table });
  leave = talkTo(rig.aws);
});
afterAll(async () => {
  leave();
  await rig.close();
  rmSync(folder, { recursive: true });
});

const printed = consoleLines();
const run = (...rest: string[]) => runCli(espalier, ["topology", ...rest]);

describe("a topology's life on the command line", () => {
  test("begins with a plan that has something to do", async () => {
    expect(await run("plan", file)).toBe(2);
    expect(printed.out).toContain("+ create the service fruit, authType NONE");
    expect(printed.out.at(-1)).toBe("stall: 6 to create, 0 unchanged");
    expect(await run("status")).toBe(1);
    expect(printed.err.join()).toContain("nothing has been applied yet");
  });

  test("goes on with an apply, each change of which is shown as it is done", async () => {
    await rig.walk({ what: "Apply", id: "run-1", detail: { document } });
    const said: string[] = [];
    let shown: readonly string[] = ["before"];
    const screen: Live = {
      columns: 80,
      say: (line) => said.push(line),
      show: (lines) => {
        shown = lines;
      },
      done: () => undefined,
    };
    const ended = await followRun(topologiesTable(table), "run-1", { live: screen });
    expect(ended).toMatchObject({ status: "applied", report: { created: 6 } });
    expect(said.toSorted()).toEqual([
      "+ associate the service fruit with the network market",
      "+ create the listener http of fruit on HTTP port 80",
      "+ create the network market, authType AWS_IAM",
      "+ create the service fruit, authType NONE",
      "+ create the target group fruit-v1 of type IP",
      "+ register 10.0.0.1 with fruit-v1",
    ]);
    expect(shown).toEqual([]);
    expect(await run("plan", file)).toBe(0);
  });

  test.for([
    [["plan", "--bogus"], 1],
    [["plan", "missing.yaml"], 1],
    [["drift"], 1],
    [["apply", "missing.yaml"], 2],
  ] as const)("tells a mistake in %j from something to do: %i", async ([line, code]) => {
    expect(await run(...line)).toBe(code);
  });

  test.for([
    [["plan", "--adopt", "services.friut"], "--adopt has services.friut, and nothing in the plan has this"],
    [
      ["apply", "--accept", "services.friut"],
      "--accept has services.friut, and nothing in the plan has this",
    ],
  ] as const)("refuses addresses of nothing: %j", async ([[command, ...rest], message]) => {
    expect(await run(command, file, ...rest)).toBe(5);
    expect(printed.err.join()).toContain(message);
    expect(printed.err.join()).toContain("the nearest is services.fruit");
  });

  test("destroys nothing where there is no topology of the name", async () => {
    expect(await run("destroy", "stal", "--yes")).toBe(1);
    expect(printed.err).toEqual(["there is no topology stal (did you mean stall?); there are: stall"]);
  });

  test("says of a run that nobody has begun that it has not", async () => {
    const runs = topologiesTable(table);
    await expect(followRun(runs, "nowhere", { beginMs: 0 })).rejects.toThrow("has not begun within a minute");
    expect(await run("status", "nowhere")).toBe(1);
    expect(printed.err).toEqual(["there is no run nowhere"]);
  });

  test("has a status: how the last run ended and what there is", async () => {
    expect(await run("status")).toBe(0);
    expect(printed.out[0]).toMatch(/^run-1 {2}stall {2}applied/);
    expect(printed.out.at(-1)).toMatch(/^fruit +ACTIVE +http +fruit-v1 100% +\d of 1/);
    expect(await run("status", "run-1", "--json")).toBe(0);
    expect(JSON.parse(printed.out.at(-1) ?? "")).toMatchObject({
      id: "run-1",
      services: [{ service: "fruit" }],
    });
  });

  test("drifts when somebody changes it by hand, and a file stands for its name", async () => {
    expect(await run("drift", "stall")).toBe(0);
    const { items } = await rig.aws.call("vpc-lattice", "ListServiceNetworks", {});
    const change = { serviceNetworkIdentifier: items[0].id, authType: "NONE" };
    await rig.aws.call("vpc-lattice", "UpdateServiceNetwork", change);
    expect(await run("drift", file)).toBe(2);
    expect(printed.out.at(-1)).toBe("stall differs in 1 by run-1");
    await rig.aws.call("vpc-lattice", "UpdateServiceNetwork", { ...change, authType: "AWS_IAM" });
    expect(await run("drift", "stall")).toBe(0);
    expect(await run("drift", "nobody")).toBe(1);
  });

  test("is exported as a document that only adopts", async () => {
    expect(await run("export", "copy")).toBe(0);
    const copy = parse(printed.out.join("\n"));
    expect(readDocument(copy).services.fruit?.networks).toEqual(["market"]);
    const copied = path.join(folder, "copy.json");
    writeFileSync(copied, JSON.stringify(copy));
    expect(await run("plan", copied)).toBe(5);
    expect(await run("plan", copied, "--adopt", "*", "--json")).toBe(2);
    const { changes } = JSON.parse(printed.out.slice(printed.out.indexOf("{")).join("\n"));
    const operations = changes.map(({ state, write }: { state: string; write?: { operation: string } }) =>
      state === "ready" ? write?.operation : state,
    );
    expect(new Set(operations)).toEqual(new Set(["TagResource"]));
  });
});

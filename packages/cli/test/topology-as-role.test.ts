import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { table } from "../../../functions/test/provision-workflow.ts";
import { type RunRig, runRig } from "../../../functions/test/run-rig.ts";
import { espalier } from "../src/espalier.ts";
import { runCli } from "../src/run-cli.ts";
import { talkTo, writeOutputs } from "./aws-environment.ts";
import { consoleLines } from "./console-lines.ts";

const there = "222222222222";

let rig: RunRig;
let leave: () => void;
let role: string;

/** A role of another account, which has a service, and which whoever runs the commands may become. */
beforeAll(async () => {
  rig = await runRig();
  const other = rig.aws.inAccount(there);
  role = other.iam.putRole({
    name: "topologies",
    trust: {
      Statement: {
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${rig.aws.account}:root` },
        Action: "sts:AssumeRole",
      },
    },
    policies: { all: { Statement: { Effect: "Allow", Action: "*", Resource: "*" } } },
  }).arn;
  const root = { type: "root", account: there, arn: `arn:aws:iam::${there}:root` } as const;
  await rig.aws.callAs(root, "vpc-lattice", "CreateService", {
    name: "payment",
    tags: { "espalier:topology": "payments" },
  });
  await rig.clock.advance(5_000);
  await writeOutputs(rig.aws, { table });
  leave = talkTo(rig.aws);
});
afterAll(async () => {
  leave();
  await rig.close();
});

const printed = consoleLines();
const run = (...rest: string[]) => runCli(espalier, ["topology", ...rest]);

describe("a topology of another account", () => {
  test("is exported as a role, which the document has then", async () => {
    expect(await run("export", "payments", "--role", role)).toBe(0);
    expect(parse(printed.out.join("\n"))).toMatchObject({ role, services: { payment: {} } });
    expect(await run("export", "payments", "--role", "topologies")).toBe(2);
    expect(printed.err).toEqual([
      expect.stringMatching(/^the document's role is "topologies"; role is the ARN/),
    ]);
  });

  test("is found by its name once an apply has begun as the role, though none came to its end", async () => {
    expect(await run("destroy", "payments", "--yes")).toBe(1);
    expect(printed.err).toEqual(["there is no topology payments; there are none"]);
    await rig.topologies.begin("payments", role);
    const terminal = { ask: async () => "no" };
    expect(await runCli(espalier, ["topology", "destroy", "payments"], { terminal })).toBe(5);
    expect(printed.out).toContain("- delete the service payment");
  });
});

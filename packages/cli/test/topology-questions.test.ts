import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { table } from "../../../functions/test/provision-workflow.ts";
import { type RunRig, runRig } from "../../../functions/test/run-rig.ts";
import { espalier } from "../src/espalier.ts";
import { runCli } from "../src/run-cli.ts";
import { talkTo, writeOutputs } from "./aws-environment.ts";
import { consoleLines } from "./console-lines.ts";

/** A stall whose policy nobody looks at, which is to be confirmed. */
const document = {
  name: "stall",
  networks: { market: {} },
  services: { fruit: { networks: ["market"], policy: { allow: ["anyone, GET /apples"] } } },
};

let rig: RunRig;
let leave: () => void;
let folder: string;
let file: string;
let queue: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "espalier-questions-"));
  file = path.join(folder, "stall.json");
  writeFileSync(file, JSON.stringify(document));
  rig = await runRig();
  const { aws } = rig;
  const Arn = `arn:aws:sqs:${aws.region}:${aws.account}:asked`;
  const Statement = {
    ...{ Effect: "Allow", Principal: { Service: "events.amazonaws.com" } },
    ...{ Action: "sqs:SendMessage", Resource: Arn },
  };
  const Attributes = { Policy: JSON.stringify({ Statement }) };
  queue = (await aws.call("sqs", "CreateQueue", { QueueName: "asked", Attributes })).QueueUrl;
  const rule = { EventBusName: "espalier", Name: "asked" };
  await aws.call("events", "CreateEventBus", { Name: "espalier" });
  await aws.call("events", "PutRule", { ...rule, EventPattern: '{"source":["espalier.cli"]}' });
  await aws.call("events", "PutTargets", {
    EventBusName: "espalier",
    Rule: "asked",
    Targets: [{ Id: "asked", Arn }],
  });
  await writeOutputs(aws, { bus: "espalier", table });
  leave = talkTo(aws);
});
afterAll(async () => {
  leave();
  await rig.close();
  rmSync(folder, { recursive: true });
});

const printed = consoleLines();

/** Runs a command in front of somebody who gives this answer; what it ends with, and what they were asked. */
async function answering(answer: string, ...line: string[]) {
  const questions: string[] = [];
  const terminal = {
    async ask(question: string) {
      questions.push(question);
      return answer;
    },
  };
  const code = await runCli(espalier, ["topology", ...line], { terminal });
  return { code, questions };
}

/** What was asked for on the bus; undefined where nothing was. */
async function asked(): Promise<Record<string, unknown> | undefined> {
  const { Messages = [] } = await rig.aws.call("sqs", "ReceiveMessage", { QueueUrl: queue });
  const [message] = Messages;
  if (message === undefined) return undefined;
  await rig.aws.call("sqs", "DeleteMessage", { QueueUrl: queue, ReceiptHandle: message.ReceiptHandle });
  const event = JSON.parse(message.Body);
  return { type: event["detail-type"], ...event.detail };
}

/** The next request on the bus. */
const heard = () => vi.waitUntil(asked);

describe("an apply at a terminal", () => {
  const apply = (answer: string) => answering(answer, "apply", file, "--no-wait");

  test("shows the plan and what is to be confirmed, and asks; nothing but yes is yes", async () => {
    for (const answer of ["", "y", "no"]) {
      const { code, questions } = await apply(answer);
      expect([code, questions]).toEqual([5, ['apply stall? Only "yes" is yes: ']]);
    }
    expect(printed.out).toContain("+ create the network market, authType NONE");
    expect(printed.out.join("\n")).toMatch(
      /^\? stall\.json:1: services\.fruit\.policy is kept and not looked at/m,
    );
    expect(printed.err).toContain("nothing was asked for");
    expect(await asked()).toBeUndefined();
  });

  test("asks for what was meant, once that is said", async () => {
    expect(await apply("yes")).toMatchObject({ code: 0 });
    expect(await heard()).toMatchObject({
      type: "Topology Apply Requested",
      accept: ["services.fruit.policy"],
      document: { name: "stall" },
    });
  });

  test("asks nothing where it would be refused", async () => {
    await rig.aws.call("vpc-lattice", "CreateService", { name: "taken" });
    const other = path.join(folder, "other.json");
    writeFileSync(other, JSON.stringify({ name: "other", services: { taken: {} } }));
    expect(await answering("yes", "apply", other, "--no-wait")).toEqual({ code: 5, questions: [] });
    expect(printed.out[0]).toMatch(/^! other\.json:1: services\.taken is taken: /);
    expect(await asked()).toBeUndefined();
  });

  test("asks nobody where there is no terminal, and is refused for what is to be confirmed", async () => {
    expect(await runCli(espalier, ["topology", "apply", file, "--no-wait"])).toBe(5);
    expect(printed.err.join()).toContain("--accept services.fruit.policy, or --yes");
    expect((await answering("yes", "apply", file, "--no-wait", "--json")).questions).toEqual([]);
    expect(await asked()).toBeUndefined();
    expect(await answering("no", "apply", file, "--no-wait", "--yes")).toEqual({ code: 0, questions: [] });
    expect(await heard()).toMatchObject({ accept: ["*"] });
  });
});

describe("a destroy at a terminal", () => {
  test("shows what would go and has the name typed", async () => {
    await rig.walk({ what: "Apply", id: "run-1", detail: { document, accept: ["*"] } });
    for (const answer of ["", "yes", "Stall"]) {
      const { code, questions } = await answering(answer, "destroy", "stall");
      expect([code, questions]).toEqual([5, ["type stall to delete all of this: "]]);
    }
    expect(printed.out).toContain("- delete the service fruit (after services.fruit.networks.market)");
    expect(await asked()).toBeUndefined();
  });

  test("is asked for once it was, and says how it ended", async () => {
    const ended = answering("stall", "destroy", "stall", "--id", "gone-1");
    await rig.walk({ what: "Destroy", id: "gone-1", detail: { name: "stall" } });
    expect((await ended).code).toBe(0);
    expect(await heard()).toMatchObject({ type: "Topology Destroy Requested", name: "stall" });
    expect(printed.out.at(-1)).toBe("stall destroyed: 3 deleted");
  });
});

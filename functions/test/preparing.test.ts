import { LambdaClient } from "@aws-sdk/client-lambda";
import { VPCLatticeClient } from "@aws-sdk/client-vpc-lattice";
import { latticeGroups, latticeRouter } from "@espalier/lattice";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lambdaFunctions } from "../adapters/lambda-functions.ts";
import { type Clearing, clearGroups } from "../rollout/clear-groups.ts";
import type { GroupOrder } from "../rollout/group-order.ts";
import { prepareCandidate } from "../rollout/prepare-candidate.ts";
import { type AdmissionRig, admissionRig } from "./admission-rig.ts";

let rig: AdmissionRig;
beforeAll(async () => {
  rig = await admissionRig();
});
afterAll(() => rig.close());

// Asked for in each request, so that little time has to pass.
const WARM = 2 * 60_000;
const targets = (...ids: string[]) => ({ type: "IP", targets: ids.map((id) => ({ id })) });
const made = async (arn: string) =>
  (await rig.dependencies.groups.made()).filter(({ service }) => service === arn);
const held = async (id: string): Promise<string[]> =>
  (await rig.call("ListTargets", { targetGroupIdentifier: id })).items
    .filter(({ status }: { status: string }) => status !== "DRAINING")
    .map((target: { id: string }) => target.id);

/** The handler, over clients that count their writes: after number `crashAfter` it dies, before it hears the answer. */
function preparing(crashAfter?: number) {
  const { endpoint, region, credentials } = rig.aws;
  const settings = { endpoint, region, credentials, maxAttempts: 1 };
  const [lattice, lambda] = [new VPCLatticeClient(settings), new LambdaClient(settings)];
  const counted = { calls: 0 };
  async function count<Answer>(command: string | undefined, answering: Promise<Answer>): Promise<Answer> {
    const answer = await answering;
    if (/^(Get|List)/.test(command ?? "")) return answer;
    counted.calls += 1;
    if (counted.calls === crashAfter) throw new Error("crashed");
    return answer;
  }
  const step = { step: "initialize" as const };
  lattice.middlewareStack.add(
    (next, { commandName }) =>
      (args) =>
        count(commandName, next(args)),
    step,
  );
  lambda.middlewareStack.add(
    (next, { commandName }) =>
      (args) =>
        count(commandName, next(args)),
    step,
  );
  const run = prepareCandidate({
    ...rig.dependencies,
    router: latticeRouter(lattice),
    groups: latticeGroups(lattice),
    functions: lambdaFunctions(lambda),
  });
  return { run, counted };
}

/** Tries again as the workflow does, after `pause` milliseconds. */
async function retried(
  id: string,
  order: GroupOrder,
  { run } = preparing(),
  pause = 65_000,
): Promise<{ group: string }> {
  for (;;) {
    try {
      return await run({ order, execution: `execution:${id}`, generation: 1, at: rig.now() });
    } catch (error) {
      const again =
        error instanceof Error && /CandidateNotReady|crashed/.test(`${error.name} ${error.message}`);
      if (!again) throw error;
      await rig.clock.advance(pause);
    }
  }
}

/** A rollout to these targets, up to its first commit. */
async function rollOut(id: string, service: string, candidate: object | string) {
  const asked = { id, service, candidate, warmMinutes: WARM / 60_000 };
  const { order } = await rig.ask(asked);
  if (order === null) throw new Error("no group is to be made");
  const prepared = await retried(id, order);
  expect(await rig.ask(asked, { prepared })).toMatchObject({ outcome: "admitted" });
  return prepared.group;
}

/** The same, promoted. */
async function promote(id: string, service: Awaited<ReturnType<AdmissionRig["service"]>>, address: string) {
  const before = await service.weights();
  const group = await rollOut(id, service.name, targets(address));
  const idle = Object.fromEntries(Object.keys(before).map((one) => [one, 0]));
  await service.setWeights({ ...idle, [group]: 100 });
  await rig.end(id, service.arn, "promote");
  return group;
}

function version(name: string, number: string): string {
  const { arn } = rig.aws.iam.putRole({
    name,
    trust: {
      Statement: {
        Effect: "Allow",
        Principal: { Service: "lambda.amazonaws.com" },
        Action: "sts:AssumeRole",
      },
    },
    policies: {},
  });
  return rig.aws.lambda.putFunction({
    ...{ name, version: number, directory: import.meta.dirname, handler: "none.handler", environment: {} },
    ...{ roleArn: arn, timeoutSeconds: 1, memoryMb: 128 },
  });
}

describe("a candidate of targets", () => {
  test("gets a group, and the rollout's history says what it was asked for and that the group was made", async () => {
    const service = await rig.service("listed", ["v1"]);
    const group = await rollOut("listed", "listed", targets("10.0.0.7", "10.0.0.8"));
    expect(await held(group)).toEqual(["10.0.0.7", "10.0.0.8"]);
    expect(await rig.state("listed")).toMatchObject({
      made: true,
      candidate: { id: group },
      request: { candidate: targets("10.0.0.7", "10.0.0.8") },
    });
    expect(await made(service.arn)).toMatchObject([{ id: group, rollout: "listed" }]);
  });

  test("gets the same group when it is asked for again", async () => {
    const service = await rig.service("again", ["v1"]);
    const first = await rollOut("again-1", "again", targets("10.0.0.7"));
    await rig.end("again-1", service.arn);
    expect(await rollOut("again-2", "again", targets("10.0.0.7"))).toBe(first);
    expect(await made(service.arn)).toMatchObject([{ rollout: "again-2" }]);
  });

  test.for([["made"], ["refitted"]])(
    "has one group, %s, and its targets at last, wherever that dies",
    async ([way]) => {
      for (let calls = 1; ; calls += 1) {
        const name = `${way}-${calls}`;
        const service = await rig.service(name, ["v1"]);
        if (way === "refitted") {
          await rollOut(`${name}-before`, name, targets("10.0.0.6"));
          await rig.end(`${name}-before`, service.arn);
          await rig.clock.advance(WARM);
        }
        const { order } = await rig.ask({ id: name, service: name, candidate: targets("10.0.0.7") });
        if (order === null) throw new Error("no group is to be made");
        const dying = preparing(calls);
        const { group } = await retried(name, order, dying, 0);
        expect((await made(service.arn)).map(({ id }) => id)).toEqual([group]);
        expect(await held(group)).toEqual(["10.0.0.7"]);
        if (dying.counted.calls < calls) break;
      }
    },
  );

  test("that Lattice does not take is refused with its reason, and the lock is given back", async () => {
    const { arn } = await rig.service("nowhere", ["v1"]);
    const asked = { id: "n", service: "nowhere", candidate: targets("no-address") };
    const { order } = await rig.ask(asked);
    if (order === null) throw new Error("no group is to be made");
    const failure = await retried("n", order).catch((error: Error) => error);
    expect(failure).toMatchObject({ name: "CandidateRefused" });
    const cause = JSON.stringify({
      errorType: "CandidateRefused",
      errorMessage: String((failure as Error).message),
    });
    expect(await rig.ask(asked, { prepared: { error: "CandidateRefused", cause } })).toMatchObject({
      outcome: "refused",
      problems: [
        expect.stringMatching(
          /^candidate no-address could not be had: no-address is no target for Lattice: /,
        ),
      ],
    });
    expect(await rig.dependencies.locks.read(arn)).toBeUndefined();
    expect(await clearGroups(rig.dependencies, rig.now())).toHaveLength(1);
    await rig.clock.advance(0);
    expect(await made(arn)).toEqual([]);
  });

  test("that is not ready is looked after less and less often, and refused when its time is over", async () => {
    const { arn } = await rig.service("slow", ["v1"]);
    const deadlines = { waitingMinutes: 10 };
    const asked = { id: "slow", service: "slow", candidate: targets("10.0.0.7"), deadlines };
    const errorMessage = "espalier-slow has no healthy target";
    const prepared = { error: "CandidateNotReady", cause: JSON.stringify({ errorMessage }) };
    const until = new Date(rig.clock.now() + 10 * 60_000).toISOString();
    const pauses: number[] = [];
    let admission = await rig.ask(asked);
    while (admission.outcome === "to-prepare") {
      expect(await rig.summary("slow")).toMatchObject({ status: "queued", until });
      pauses.push(Date.parse(admission.until ?? "") - rig.clock.now());
      await rig.clock.advance(pauses.at(-1) ?? 0);
      admission = await rig.ask(asked, { prepared });
    }
    expect(pauses.slice(0, 6)).toEqual([5000, 5000, 5000, 5000, 5000, 6250]);
    expect(pauses.length).toBeLessThan(25);
    expect(rig.now()).toBe(until);
    expect(admission).toMatchObject({
      outcome: "refused",
      problems: ["candidate 10.0.0.7 was not ready within 10 min: espalier-slow has no healthy target"],
    });
    expect(await rig.dependencies.locks.read(arn)).toBeUndefined();
  });

  test("that is not ready is called off by a command, and another one only declined", async () => {
    const { arn } = await rig.service("unready", ["v1"]);
    const asked = { id: "unready", service: "unready", candidate: targets("10.0.0.7") };
    const prepared = { error: "CandidateNotReady", cause: "" };
    expect(await rig.ask(asked)).toMatchObject({ outcome: "to-prepare", seen: 0 });
    const { store, locks } = rig.dependencies;
    await store.receive("unready", { id: "p", type: "pause", at: rig.now() });
    expect(await rig.ask(asked, { prepared })).toMatchObject({ outcome: "to-prepare", seen: 1 });
    await store.receive("unready", { id: "a", type: "abort", at: rig.now(), by: "ana" });
    expect(await rig.ask(asked, { prepared })).toMatchObject({
      outcome: "refused",
      problems: ["aborted while it waited by ana"],
    });
    expect(await locks.read(arn)).toBeUndefined();
  });

  test("is not prepared for an execution that no longer holds the service", async () => {
    const { arn } = await rig.service("lost", ["v1"]);
    const { order } = await rig.ask({ id: "lost", service: "lost", candidate: targets("10.0.0.7") });
    if (order === null) throw new Error("no group is to be made");
    await rig.dependencies.locks.release({ service: arn, owner: "execution:lost", generation: 1 });
    await expect(retried("lost", order)).rejects.toMatchObject({ name: "Superseded" });
    expect(await made(arn)).toEqual([]);
  });
});

describe("a candidate that is a function's version", () => {
  test("may be invoked by Lattice for its group, and no longer once the group is deleted", async () => {
    const service = await rig.service("function", ["v1"]);
    const arn = version("orders", "7");
    const group = await rollOut("fn", "function", arn);
    expect(await held(group)).toEqual([arn]);
    const policy = async () => (await rig.aws.call("lambda", "GetPolicy", { FunctionName: arn })).Policy;
    expect(JSON.parse(await policy()).Statement).toMatchObject([
      {
        Principal: { Service: "vpc-lattice.amazonaws.com" },
        Condition: { ArnLike: { "AWS:SourceArn": expect.stringContaining(group) } },
      },
    ]);
    await rig.end("fn", service.arn);
    await rig.clock.advance(WARM + 1);
    expect(await clearGroups(rig.dependencies, rig.now())).toHaveLength(1);
    await expect(policy()).rejects.toMatchObject({ code: "ResourceNotFoundException" });
  });

  test.for([
    ["arn:aws:lambda:us-east-1:123456789012:function:orders", /name a version or an alias of the function/],
    [
      "arn:aws:lambda:us-east-1:123456789012:function:orders:$LATEST",
      /name a version or an alias of the function/,
    ],
    [
      "arn:aws:lambda:us-east-1:123456789012:function:orders:99",
      /there is no such version or alias .* publish it first/,
    ],
  ] as const)("is refused where it is %s", async ([candidate, problem]) => {
    const name = `fn-${candidate.length}`;
    await rig.service(name, ["v1"]);
    expect(await rig.ask({ id: name, service: name, candidate })).toMatchObject({
      outcome: "refused",
      problems: [expect.stringMatching(problem)],
    });
  });
});

describe("a group that was made", () => {
  const clear = () => clearGroups(rig.dependencies satisfies Clearing, rig.now());

  test("is kept while it can be undone, then leaves the rules and is deleted, which is told", async () => {
    const service = await rig.service("kept", ["v1"]);
    const first = await promote("kept-1", service, "10.0.0.7");
    const second = await promote("kept-2", service, "10.0.0.8");
    await rig.clock.advance(WARM - 60_000);
    expect(await clear()).toEqual([]);
    await rig.clock.advance(60_001);
    expect(await clear()).toEqual([]);
    expect(await service.weights()).toEqual({ [service.groups.v1 ?? ""]: 0, [second]: 100 });
    await rig.clock.advance(61_000);
    expect(await clear()).toEqual([expect.stringMatching(/^espalier-kept-/)]);
    expect(rig.told.at(-1)).toMatchObject({
      type: "target-group-deleted",
      group: { id: first },
      rollout: "kept-2",
    });
    await rig.clock.advance(0);
    expect(await made(service.arn)).toMatchObject([{ id: second }]);
    expect(await rig.dependencies.locks.read(service.arn)).toBeUndefined();
    expect(await clear()).toEqual([]);
  });

  test("takes another candidate once it is idle, and not before", async () => {
    const service = await rig.service("refit", ["v1"]);
    const first = await promote("refit-1", service, "10.0.0.7");
    const second = await promote("refit-2", service, "10.0.0.8");
    await promote("refit-3", service, "10.0.0.9");
    expect(await made(service.arn)).toHaveLength(3);
    await rig.clock.advance(WARM + 1);
    const fourth = await rollOut("refit-4", "refit", targets("10.0.0.10"));
    expect(await made(service.arn)).toHaveLength(3);
    expect([first, second]).toContain(fourth);
    expect(await held(fourth)).toEqual(["10.0.0.10"]);
  });

  test("is left alone while its service is at work", async () => {
    const service = await rig.service("busy", ["v1"]);
    await rollOut("busy-1", "busy", targets("10.0.0.7"));
    await rig.end("busy-1", service.arn);
    await rig.clock.advance(WARM + 1);
    await rollOut("busy-2", "busy", targets("10.0.0.8", "10.0.0.9"));
    expect(await clear()).toEqual([]);
    await rig.end("busy-2", service.arn);
  });
});

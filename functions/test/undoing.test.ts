import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AdmissionRig, admissionRig } from "./admission-rig.ts";

let rig: AdmissionRig;
beforeAll(async () => {
  rig = await admissionRig();
});
afterAll(() => rig.close());

const refused = (problem: RegExp) => ({
  outcome: "refused",
  problems: [expect.stringMatching(problem)],
});

/** A service whose v2 was promoted by the rollout of its name. */
async function promoted(name: string) {
  const service = await rig.service(name, ["v1", "v2"]);
  await rig.ask({ id: name, service: name, candidate: `${name}-v2` });
  await service.setWeights({ v1: 0, v2: 100 });
  await rig.end(name, service.arn, "promote");
  return service;
}

describe("a promotion is undone", () => {
  test("by a rollout of its own that switches to the old group at once, and says which it takes back", async () => {
    const { arn, groups } = await promoted("inventory");
    const asked = { rollout: "inventory", requestedBy: "ana", reason: "late errors" };
    expect(await rig.undo(asked)).toMatchObject({ outcome: "admitted", rollout: "inventory-undo" });
    expect(await rig.state("inventory-undo")).toMatchObject({
      ...{ undoes: "inventory", requestedBy: "ana", reason: "late errors" },
      ...{ candidate: { id: groups.v1 }, stable: { id: groups.v2 } },
      request: { strategy: { type: "shift", to: 100 } },
    });
    expect(await rig.dependencies.locks.read(arn)).toMatchObject({ rollout: "inventory-undo" });
  });

  test("once, however often the event comes", async () => {
    await promoted("twice");
    await rig.undo({ rollout: "twice" }, "one");
    expect(await rig.undo({ rollout: "twice" }, "two")).toMatchObject({ outcome: "duplicate" });
    expect(await rig.undo({ rollout: "twice" }, "one")).toMatchObject({ outcome: "admitted" });
  });

  test("at a second asking, where what was in the way is gone", async () => {
    const { setWeights } = await promoted("blocked");
    await setWeights({ v1: 50, v2: 50 });
    await rig.undo({ rollout: "blocked" }, "one");
    await setWeights({ v1: 0, v2: 100 });
    expect(await rig.undo({ rollout: "blocked" }, "two")).toMatchObject({
      outcome: "admitted",
      rollout: "blocked-undo-2",
    });
  });
});

describe("an undo is refused", () => {
  test("where no rollout has this id", async () => {
    expect(await rig.undo({ rollout: "nobody" })).toMatchObject(
      refused(/^rollout is "nobody"; no rollout has/),
    );
  });

  test("where its fields are not known", async () => {
    expect(await rig.undo({ rollout: "x", now: true }, "odd")).toMatchObject(
      refused(/^now is not known; an undo has the fields/),
    );
  });

  test("where its id leaves no room for the undo's own", async () => {
    const long = "r".repeat(198);
    const service = await rig.service("long", ["v1", "v2"]);
    await rig.ask({ id: long, service: "long", candidate: "long-v2" });
    await service.setWeights({ v1: 0, v2: 100 });
    await rig.end(long, service.arn, "promote");
    expect(await rig.undo({ rollout: long }, "long")).toMatchObject(refused(/start a rollout to long-v1$/));
  });

  test("while the rollout runs", async () => {
    await rig.service("running", ["v1", "v2"]);
    await rig.ask({ id: "running", service: "running", candidate: "running-v2" });
    expect(await rig.undo({ rollout: "running" })).toMatchObject(refused(/it has not ended; abort it$/));
  });

  test("of a rollout that was rolled back", async () => {
    const { arn } = await rig.service("back", ["v1", "v2"]);
    await rig.ask({ id: "back", service: "back", candidate: "back-v2" });
    await rig.end("back", arn, "abort");
    expect(await rig.undo({ rollout: "back" })).toMatchObject(
      refused(/it was rolled back; there is nothing/),
    );
  });

  test("where the service has moved on since", async () => {
    const { setWeights } = await promoted("moved");
    await setWeights({ v1: 30, v2: 70 });
    expect(await rig.undo({ rollout: "moved" })).toMatchObject(
      refused(
        /^the service has moved on since moved: \S+ has 70\/30, not 100\/0; roll moved-v1 out instead$/,
      ),
    );
  });

  test("where the old side has no target left", async () => {
    const { groups } = await promoted("empty");
    const targets = [{ id: "10.0.0.1" }];
    await rig.call("DeregisterTargets", { targetGroupIdentifier: groups.v1, targets });
    expect(await rig.undo({ rollout: "empty" })).toMatchObject(refused(/empty-v1 has no healthy target/));
    expect(await rig.summary("empty-undo")).toMatchObject({ status: "refused" });
  });

  test("after the time for which the old side is kept warm", async () => {
    await promoted("cold");
    await rig.clock.advance(61 * 60_000);
    expect(await rig.undo({ rollout: "cold" })).toMatchObject(
      refused(/it ended more than 60 minutes ago; start a rollout to cold-v1$/),
    );
  });
});

import { latticeMatchRules } from "@espalier/lattice";
import { type Frozen, type ShiftOutcome, Weight } from "@espalier/rollout";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { shiftWeights } from "../rollout/shift-weights.ts";
import { type AdmissionRig, admissionRig } from "./admission-rig.ts";

let rig: AdmissionRig;
beforeAll(async () => {
  rig = await admissionRig();
});
afterAll(() => rig.close());

/** An admitted rollout of a service of its name, and its shifts. */
async function rolling(id: string, frozen: Frozen | null = null) {
  const service = await rig.service(id, ["v1", "v2"]);
  const { id: rule } = await addRule(service);
  await rig.ask({ id, service: id, candidate: `${id}-v2` });
  const switched = { frozen };
  const freezes = { read: async () => switched.frozen };
  const shift = shiftWeights({ ...rig.dependencies, freezes, matchRules: latticeMatchRules(rig.lattice) });
  const turn = { rollout: id, execution: `execution:${id}`, generation: 1, at: rig.now(), order: 1 };
  const { v1 = "", v2 = "" } = service.groups;
  return {
    freeze: () => {
      switched.frozen = { since: rig.now(), by: "ana" };
    },
    setWeights: service.setWeights,
    to: (weight: number, match?: { method: "POST" }): Promise<ShiftOutcome> =>
      shift({ ...turn, weight: Weight.parse(weight), ...(match && { match }) }),
    receive: (type: "abort" | "pause") =>
      rig.dependencies.store.receive(id, { id: type, type, at: rig.now() }),
    async share() {
      const weights = await service.weights();
      return [weights[v1], weights[v2] ?? 0];
    },
    /** The rules beside the service's own. */
    rules: async () => {
      const { items } = await rig.call("ListRules", await listenerOf(service));
      return items.filter((one: { id: string; isDefault: boolean }) => !one.isDefault && one.id !== rule);
    },
  };
}

type Service = Awaited<ReturnType<AdmissionRig["service"]>>;

async function listenerOf({ id }: Service) {
  const [listener] = (await rig.call("ListListeners", { serviceIdentifier: id })).items;
  return { serviceIdentifier: id, listenerIdentifier: listener.id };
}

/** A rule that forwards as the default action does, so that a shift has two places to write. */
async function addRule(service: Service) {
  const pathMatch = { match: { prefix: "/two" } };
  return rig.call("CreateRule", {
    ...(await listenerOf(service)),
    ...{ name: "two", priority: 2, match: { httpMatch: { pathMatch } } },
    action: { forward: { targetGroups: [{ targetGroupIdentifier: service.groups.v1, weight: 100 }] } },
  });
}

const held = { type: "held", order: 1 };
const frozen = { since: "2026-03-01T12:00:00.000Z", by: "ana" };

describe("a growing weight is not written", () => {
  test("once all rollouts are frozen, since it was decided", async () => {
    const { to, share } = await rolling("stopped", frozen);
    expect(await to(10)).toEqual(held);
    expect(await share()).toEqual([100, 0]);
  });

  test.for(["abort", "pause"] as const)("once somebody has said %s, since it was decided", async (type) => {
    const { to, share, receive } = await rolling(`told-to-${type}`);
    await receive(type);
    expect(await to(10)).toEqual(held);
    expect(await share()).toEqual([100, 0]);
  });

  test("nor is a rule that sends chosen requests to the candidate", async () => {
    const { to, rules } = await rolling("chosen", frozen);
    expect(await to(0, { method: "POST" })).toEqual(held);
    expect(await rules()).toEqual([]);
  });
});

describe("a shift that was written in part before all rollouts were frozen", () => {
  test("is taken back, so that no place stays at a weight that nobody asks for", async () => {
    const { to, share, setWeights } = await rolling("halfway", frozen);
    await setWeights({ v1: 90, v2: 10 });
    expect(await to(10)).toEqual(held);
    expect(await share()).toEqual([100, 0]);
  });

  test("loses its rule too", async () => {
    const { to, rules, freeze } = await rolling("half-a-rule");
    await to(0, { method: "POST" });
    expect(await rules()).toHaveLength(1);
    freeze();
    expect(await to(10, { method: "POST" })).toEqual(held);
    expect(await rules()).toEqual([]);
  });

  test("leaves weights of others alone", async () => {
    const { to, share, setWeights } = await rolling("others", frozen);
    await setWeights({ v1: 60, v2: 40 });
    expect(await to(10)).toMatchObject({ type: "drifted" });
    expect(await share()).toEqual([60, 40]);
  });
});

describe("a weight is written", () => {
  test("while nobody says otherwise", async () => {
    const { to, share } = await rolling("going");
    expect(await to(10)).toEqual({ type: "shifted", order: 1, weight: 10 });
    expect(await share()).toEqual([90, 10]);
  });

  test("where it does not grow, also while everything is frozen", async () => {
    const { to } = await rolling("shrinking", frozen);
    expect(await to(0)).toEqual({ type: "shifted", order: 1, weight: 0 });
  });
});

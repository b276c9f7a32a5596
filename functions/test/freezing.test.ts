import { afterAll, beforeAll, expect, test } from "vitest";
import { decide } from "../rollout/decide.ts";
import { type AdmissionRig, admissionRig } from "./admission-rig.ts";

let rig: AdmissionRig;
beforeAll(async () => {
  rig = await admissionRig();
});
afterAll(() => rig.close());

test("a freeze that comes just after a decision has looked for one keeps the wait from beginning", async () => {
  await rig.service("inventory", ["v1", "v2"]);
  await rig.ask({ id: "r1", service: "inventory", candidate: "inventory-v2" });
  const { store, bus } = rig.dependencies;
  const freezes = {
    async read() {
      await store.nudge("r1");
      return null;
    },
  };
  const turn = { rollout: "r1", execution: "execution:r1", generation: 1, at: rig.now() };
  const decided = await decide({ store, bus, freezes })({ ...turn, looked: false, ...nothingSeen });
  const { meta } = await store.load("r1");
  expect(meta?.nudges).toBe(1);
  expect(decided).toMatchObject({ seen: 0, nudges: 0 });
});

const nothingSeen = { readings: [], thresholds: {}, levels: [], alarms: [] };

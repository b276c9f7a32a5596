import { type Command, unanswered } from "@espalier/rollout";
import { afterAll, beforeAll, expect, test } from "vitest";
import { decide } from "../rollout/decide.ts";
import { type AdmissionRig, admissionRig } from "./admission-rig.ts";

let rig: AdmissionRig;
beforeAll(async () => {
  rig = await admissionRig();
});
afterAll(() => rig.close());

/** As large as a command may be. */
const command = (k: number, type: "resume" | "abort"): Command => ({
  ...{ id: `${k}`.padEnd(200, "-"), type, at: rig.now(), by: "字".repeat(200), why: "字".repeat(500) },
});

test("a flood of the largest commands fills an inbox, and an abort is taken all the same", async () => {
  await rig.service("inventory", ["v1", "v2"]);
  await rig.ask({ id: "r1", service: "inventory", candidate: "inventory-v2" });
  const { store } = rig.dependencies;
  const send = async (k: number, type: "resume" | "abort") =>
    (await store.receive("r1", command(k, type))).type;
  let sent = 0;
  while ((await send(sent, "resume")) === "received") sent += 1;
  expect(sent).toBeGreaterThan(100);
  expect(await send(sent, "resume")).toBe("full");
  expect(await send(sent, "abort")).toBe("received");
  expect(await send(sent, "abort")).toBe("repeated");
  let aborts = 1;
  while ((await send(sent + aborts, "abort")) === "received") aborts += 1;
  expect(aborts).toBeGreaterThan(10);
  const { inbox = [] } = (await store.load("r1")).meta ?? {};
  expect(inbox).toHaveLength(sent + aborts);
  // The item has each id twice, and DynamoDB takes items of 400 KiB.
  const bytes = Buffer.byteLength(JSON.stringify([inbox, inbox.map(({ id }) => id)]));
  expect(bytes).toBeLessThan(390 * 1024);
});

test("news that were known already are answered with no event, so that no shift waits for them", async () => {
  await rig.service("known", ["v1", "v2"]);
  await rig.ask({ id: "r2", service: "known", candidate: "known-v2" });
  const { store, bus } = rig.dependencies;
  const decides = decide({ store, bus, freezes: { read: async () => null } });
  const turn = { rollout: "r2", execution: "execution:r2", generation: 1, at: rig.now() };
  const nothingSeen = { looked: false, readings: [], thresholds: {}, levels: [], alarms: [] };
  for (const id of ["first", "again"]) {
    await store.receive("r2", { id, type: "alarm", at: rig.now(), name: "late", state: "OK" });
    await decides({ ...turn, ...nothingSeen });
  }
  const recent = await store.load("r2");
  expect(unanswered(recent)).toEqual([]);
  const events = recent.commits.flatMap((commit) => commit.events);
  expect(events.filter(({ type }) => type === "alarm-noted")).toHaveLength(1);
});

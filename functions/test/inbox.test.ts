import type { Command } from "@espalier/rollout";
import { afterAll, beforeAll, expect, test } from "vitest";
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

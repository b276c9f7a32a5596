import { DeleteCommand } from "@aws-sdk/lib-dynamodb";
import type { Telling } from "@espalier/rollout";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dynamoFreezes } from "../adapters/dynamo-freezes.ts";
import { decide } from "../rollout/decide.ts";
import { receiveFreeze } from "../rollout/receive-freeze.ts";
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

describe("words about the freeze that come in any order", () => {
  const asked = (id: string, frozen: boolean, second: number) => ({
    ...{ id, time: `2026-03-01T12:00:0${second}.000Z`, "detail-type": "Freeze Requested" },
    detail: { frozen, requestedBy: id },
  });

  /** Where these words lead, and which of them were declined. */
  async function after(words: ReturnType<typeof asked>[]) {
    const freezes = dynamoFreezes(rig.table);
    await rig.table.client.send(
      new DeleteCommand({ TableName: rig.table.name, Key: { pk: "FREEZE", sk: "FREEZE" } }),
    );
    const told: Telling[] = [];
    const bus = { tell: async (events: readonly Telling[]) => void told.push(...events) };
    const receive = receiveFreeze({ ...rig.dependencies, freezes, bus });
    for (const word of words) await receive(word);
    const declined = told.flatMap((one) => (one.type === "command-declined" ? one.commandId : []));
    return { by: (await freezes.read())?.by ?? null, declined };
  }

  const [on, off] = [asked("on", true, 1), asked("off", false, 2)];

  test("lead to the latest, each as often as it likes", async () => {
    expect(await after([on, off])).toEqual({ by: null, declined: [] });
    expect(await after([off, on])).toEqual({ by: null, declined: [] });
    expect(await after([on, off, on, off])).toEqual({ by: null, declined: [] });
    expect(await after([off, asked("again", true, 3), on])).toEqual({ by: "again", declined: [] });
  });

  test("lead to the freeze where they are of one second, and its end is declined", async () => {
    const end = asked("end", false, 1);
    expect(await after([on, end])).toEqual({ by: "on", declined: ["end"] });
    expect(await after([end, on])).toEqual({ by: "on", declined: [] });
    expect(await after([end, on, end])).toEqual({ by: "on", declined: ["end"] });
  });
});

const nothingSeen = { readings: [], thresholds: {}, levels: [], alarms: [] };

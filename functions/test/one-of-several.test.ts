import type { Command, Lock, Receipt, Telling } from "@espalier/rollout";
import { describe, expect, test } from "vitest";
import { receiveAlarm } from "../rollout/receive-alarm.ts";
import { receiveFreeze } from "../rollout/receive-freeze.ts";
import { recover } from "../rollout/recover.ts";
import { sweep } from "../rollout/sweep.ts";

const at = "2026-03-01T12:00:00.000Z";
const failsFor = (what: string) => (one: string) => {
  if (one.includes(what)) throw new Error(`${one} fails`);
};

const nothing = { bad: failsFor("nothing"), running: failsFor("nothing") };

function lockOf(rollout: string, more: Partial<Lock> = {}): Lock {
  const owner = `execution:${rollout}`;
  const since = "2026-03-01T09:00:00.000Z";
  return {
    ...{ service: `service-of-${rollout}`, rollout, owner, generation: 1, at: since },
    ...{ recoveries: 0, work: "rollout", ...more },
  };
}

/** Recovery over these locks; `bad` fails starts of executions, `running` looks at them. */
function recovering(
  locks: readonly Lock[],
  { bad, running }: { bad: (name: string) => void; running: (arn: string) => void } = nothing,
) {
  const started: string[] = [];
  const told: Telling[] = [];
  const recovery = {
    store: { takeOver: async () => {}, nudge: async () => undefined },
    queue: { of: async () => [] },
    wake: async () => {},
    bus: { tell: async (events: readonly Telling[]) => void told.push(...events) },
    locks: {
      take: async () => lockOf("none"),
      list: async () => [...locks],
      read: async (service: string) => locks.find((lock) => lock.service === service),
      release: async () => {},
      swap: async () => true,
    },
    executions: {
      arnOf: (name: string) => name,
      isRunning: async (arn: string) => {
        running(arn);
        return false;
      },
      start: async (name: string) => {
        bad(name);
        started.push(name);
      },
    },
  };
  return { recovery, started, told };
}

describe("one rollout of several that fails keeps no other from its turn, and is told at the end:", () => {
  test("an alarm is put into the other inboxes", async () => {
    const received: string[] = [];
    const woken: string[] = [];
    const bad = failsFor("bad");
    const receive = receiveAlarm({
      listeners: { of: async () => ["bad-store", "one", "bad-token", "two"] },
      store: {
        receive: async (rollout: string, _: Command): Promise<Receipt> => {
          if (rollout === "bad-store") bad(rollout);
          received.push(rollout);
          return { type: "received", token: rollout };
        },
      },
      wake: async (token) => {
        bad(token);
        woken.push(token);
      },
    });
    const fired = { id: "e1", time: at, detail: { alarmName: "errors", state: { value: "ALARM" as const } } };
    await expect(receive(fired)).rejects.toThrow("bad-store fails");
    expect(received).toEqual(["one", "bad-token", "two"]);
    expect(woken).toEqual(["one", "two"]);
  });

  test("a freeze wakes the others", async () => {
    const woken: string[] = [];
    const bad = failsFor("bad");
    const receive = receiveFreeze({
      freezes: { read: async () => null, set: async () => true },
      locks: { list: async () => ["bad", "one", "two"].map((rollout) => lockOf(rollout)) },
      store: { nudge: async (rollout) => rollout },
      bus: { tell: async () => {} },
      wake: async (token) => {
        bad(token);
        woken.push(token);
      },
    });
    const event = { id: "e1", time: at, "detail-type": "Freeze Requested", detail: { frozen: true } };
    await expect(receive(event)).rejects.toThrow("bad fails");
    expect(woken).toEqual(["one", "two"]);
  });

  test.for<[string, Parameters<typeof recovering>[1]]>([
    ["whose execution cannot be described", { ...nothing, running: failsFor("bad") }],
    ["whose successor cannot be started", { ...nothing, bad: failsFor("bad") }],
  ])("a sweep takes over the others, beside one %s", async ([, how]) => {
    const { recovery, started } = recovering([lockOf("bad"), lockOf("one"), lockOf("two")], how);
    await expect(sweep(recovery)({ at })).rejects.toThrow("fails");
    expect(started).toEqual(["one-2", "two-2"]);
  });

  test("an execution that has died frees its other service", async () => {
    const owner = "execution:bad";
    const locks = [lockOf("bad", { owner }), lockOf("one", { owner })];
    const { recovery, started } = recovering(locks, { ...nothing, bad: failsFor("bad") });
    const died = { time: at, detail: { executionArn: owner, status: "FAILED" } };
    await expect(recover(recovery)(died)).rejects.toThrow("bad-2 fails");
    expect(started).toEqual(["one-2"]);
  });
});

test("an abandoned recovery is told with the time of the sweep, not that of the lock", async () => {
  const { recovery, told } = recovering([lockOf("r1", { recoveries: 20 })]);
  await expect(sweep(recovery)({ at })).rejects.toMatchObject({ name: "RecoveryAbandoned" });
  expect(told).toMatchObject([{ type: "recovery-abandoned", at, rollout: "r1" }]);
});

import type { Command, Commit, Meta, RolloutEvent } from "@espalier/rollout";
import { describe, expect, test } from "vitest";
import { auditTable, auditTrail } from "../src/view/audit-trail.ts";
import { lived } from "./lived.ts";

const at = "2026-03-01T12:05:00.000Z";
const [started] = lived();

const meta = (...inbox: Command[]): Meta => ({
  ...{
    id: "r-1",
    at,
    inbox,
    nudges: 0,
    owner: "an execution",
    generation: 1,
    publishedSeq: 1,
    settled: false,
  },
});
const commit = (seq: number, commandIds: string[], ...events: RolloutEvent[]): Commit => ({
  ...{ seq, owner: "an execution", events, commandIds },
});

describe("the audit trail", () => {
  const commands: Command[] = [
    { id: "c-1", type: "pause", at, by: "ana", why: "checkout is slow" },
    { id: "c-2", type: "alarm", at, name: "latency", state: "OK" },
    { id: "c-3", type: "abort", at },
  ];
  const commits = [
    ...(started === undefined ? [] : [commit(1, [], started)]),
    commit(2, ["c-1"], { type: "rollout-paused", at, by: "ana", why: "checkout is slow" }),
    commit(3, ["c-2"], { type: "alarm-noted", at, alarm: { name: "latency", state: "OK" } }),
  ];

  test("tells who asked for what, when and why, and what came of it", () => {
    expect(auditTrail(meta(...commands), commits).map(({ who, what, why }) => [who, what, why])).toEqual([
      ["ana", "asks for a rollout of inventory from inventory-v1 to inventory-v2", "a test"],
      ["ana", "asks to pause", "checkout is slow"],
      ["espalier", "paused by ana: checkout is slow", undefined],
      ["CloudWatch", "says that the alarm latency is OK", undefined],
      ["espalier", "the alarm latency is OK", undefined],
      ["unnamed", "asks to abort", undefined],
    ]);
  });

  test("has its times in full", () =>
    expect(auditTable(auditTrail(meta(), commits)).split("\n")[2]).toBe(
      "2026-03-01 12:05:00Z  espalier  paused by ana: checkout is slow",
    ));

  test("is there where the meta is not, after a crash", () =>
    expect(auditTrail(undefined, commits)).toHaveLength(3));
});

import { describe, expect, test } from "vitest";
import { type Commit, dueSnapshot, lastSeq, replay, Snapshot, stateOf, unanswered } from "../src/index.ts";
import { after, command, started } from "./builders.ts";

const first: Commit = { seq: 1, owner: "e1", events: [started()], commandIds: [] };
const commit = (seq: number): Commit => ({
  seq,
  owner: "e1",
  events: [
    seq % 2
      ? { type: "rollout-resumed", at: after(seq) }
      : { type: "rollout-paused", at: after(seq), by: "ana" },
  ],
  commandIds: [`c-${seq}`],
});
const commits: Commit[] = [first, ...Array.from({ length: 29 }, (_, k) => commit(k + 2))];
const upTo = (seq: number) => ({ meta: undefined, snapshot: undefined, commits: commits.slice(0, seq) });

describe("a snapshot", () => {
  test("is due every twenty commits", () => {
    expect(dueSnapshot(upTo(19))).toBeUndefined();
    const snapshot = dueSnapshot(upTo(20));
    expect(snapshot?.seq).toBe(20);
    expect(dueSnapshot({ meta: undefined, snapshot, commits: commits.slice(20, 29) })).toBeUndefined();
  });

  test("with the commits after it is the state that the whole history leads to", () => {
    const snapshot = dueSnapshot(upTo(20));
    const recent = { snapshot, commits: commits.slice(20) };
    expect(stateOf(recent)).toEqual(replay(commits.flatMap(({ events }) => events)));
    expect(lastSeq(recent)).toBe(30);
    expect(lastSeq({ snapshot, commits: [] })).toBe(20);
  });

  test("knows which commands were answered before it", () => {
    const inbox = [command("pause", "c-2"), command("pause", "c-25"), command("abort", "new")];
    const meta = {
      ...{ id: "r1", at: after(0), owner: "e1", generation: 1, publishedSeq: 0, nudges: 0, settled: false },
      inbox,
    };
    const snapshot = dueSnapshot(upTo(20));
    const left = unanswered({ meta, snapshot, commits: commits.slice(20) });
    expect(left.map(({ id }) => id)).toEqual(["new"]);
  });

  test("of another format is no snapshot", () => {
    const snapshot = dueSnapshot(upTo(20));
    expect(Snapshot.safeParse(snapshot).success).toBe(true);
    expect(Snapshot.safeParse({ ...snapshot, format: 0 }).success).toBe(false);
  });
});

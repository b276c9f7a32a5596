import { describe, expect, test } from "vitest";
import { type CommandType, replay, CommandType as Type } from "../src/index.ts";
import { begin, next, type World } from "./protocol-model.ts";

/** Every world reachable from one, and those among them that no step leads out of. */
function explore(first: World): { all: World[]; ends: World[] } {
  const seen = new Map<string, World>([[keyOf(first), first]]);
  const ends: World[] = [];
  const open = [first];
  for (let world = open.pop(); world !== undefined; world = open.pop()) {
    const steps = next(world);
    if (steps.length === 0) ends.push(world);
    for (const step of steps) {
      const key = keyOf(step);
      if (seen.has(key)) continue;
      seen.set(key, step);
      open.push(step);
    }
  }
  return { all: [...seen.values()], ends };
}

// The first event is the same in all of them, and long.
const keyOf = (world: World) => JSON.stringify({ ...world, history: world.history.slice(1) });

const waiting = ({ executions }: World) => executions.some(({ at }) => at.in === "wait");
const pendingHint = ({ senders }: World) => senders.some(({ at }) => at === "wake");
const unanswered = ({ inbox, answered }: World) => inbox.filter(({ id }) => !answered.includes(id));

/** How many events of the history can answer a command. */
const answers = ({ history }: World) => history.filter(({ type }) => answering.has(type)).length;
const answering = new Set([
  "approval-given",
  "rollout-paused",
  "rollout-resumed",
  "promotion-decided",
  "roll-back-decided",
  "command-declined",
]);

const sleepsThrough = (world: World) => waiting(world) && unanswered(world).length > 0 && !pendingHint(world);

const one = Type.options.map((type): { types: CommandType[] } => ({ types: [type] }));
const two = Type.options.flatMap((first) =>
  Type.options.map((second): { types: CommandType[] } => ({ types: [first, second] })),
);

describe("in every order in which things can happen", () => {
  test.for([...one, ...two])(
    "$types: no command is lost, and none waits for an execution that sleeps",
    ({ types }) => {
      const { all, ends } = explore(begin(types));
      expect(all.filter(sleepsThrough)).toEqual([]);
      expect(ends.length).toBeGreaterThan(0);
      for (const world of ends) expect(unanswered(world)).toEqual([]);
    },
  );

  test.for([...one.map((row) => ({ ...row, deaths: 2 })), ...two.map((row) => ({ ...row, deaths: 1 }))])(
    "$types: executions that die at any step, $deaths in all, leave an end and a free lock",
    ({ types, deaths }) => {
      const { all, ends } = explore(begin(types, { deaths, timeouts: 1 }));
      expect(all.filter(sleepsThrough)).toEqual([]);
      for (const world of ends) {
        expect(unanswered(world)).toEqual([]);
        expect(world.answered).toHaveLength(new Set(world.answered).size);
        expect(answers(world)).toBeGreaterThanOrEqual(world.answered.length);
      }
      const over = ends.filter((end) => !waiting(end));
      expect(over.length).toBeGreaterThan(0);
      expect(
        over.some(({ executions }) => executions.filter(({ at }) => at.in === "dead").length === deaths),
      ).toBe(true);
      for (const world of over) {
        expect(world.lock).toBe(0);
        const rollout = replay(world.history);
        expect(rollout.status === "admitted" && rollout.phase.type).toBe("settled");
        const promoted = world.history.some(({ type }) => type === "rollout-promoted");
        expect(world.weight).toBe(promoted ? 100 : 0);
      }
    },
  );

  test("a rollout without commands still ends where its execution died", () => {
    const { all, ends } = explore(begin([], { deaths: 1, timeouts: 2 }));
    expect(all.length).toBeGreaterThan(10);
    expect(ends.some(({ lock }) => lock === 0)).toBe(true);
    for (const world of ends) expect(world.lock === 0 || waiting(world)).toBe(true);
  });
});

test("a wait that began without looking at the inbox would sleep through a command, and the model notices", () => {
  expect(explore(begin(["abort"], { checksInbox: false })).all.some(sleepsThrough)).toBe(true);
});

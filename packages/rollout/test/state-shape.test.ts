import { expect, test } from "vitest";
import { evolve, type Rollout, type RolloutStarted, type Sighting, unknownRollout } from "../src/index.ts";
import { SNAPSHOT_FORMAT } from "../src/snapshot.ts";
import { command, START, started } from "./builders.ts";
import { type Around, carried, healthy } from "./workflow.ts";

const url = "http://checks.example/go";
const match = { header: { name: "x-canary", exact: "yes" } };
const query = { namespace: "Shop", metric: "Baskets" };
const steps = [
  { match, bakeMinutes: 2, approval: { withinMinutes: 2, otherwise: "go-on" } },
  { weight: 10, bakeMinutes: 2, certificate: true, hook: { url } },
];
const asked = {
  alarms: ["late"],
  hooks: [
    { at: "end", url },
    { at: "roll-back", url },
  ],
  objective: { errorRate: 0.01 },
  metrics: [
    { name: "errors", weight: 0.8 },
    { name: "baskets", weight: 0.2, bad: query, total: query },
    { name: "queue", query, above: 30 },
  ],
  reason: "a test",
  requestedBy: "ana",
};
const counted = { candidate: { requests: 10, bad: 1 }, stable: { requests: 90, bad: 1 } };
const frozen = { since: "2026-03-01T12:00:00.000Z", by: "ana", why: "the sale" };
const sees = (minute: number): Sighting => ({
  frozen: minute === 1 ? frozen : null,
  alarms: [{ name: "late", state: "OK" }],
  levels: [{ name: "queue", minute: (29_538_000 + minute) as never, value: 40 - (minute % 2) }],
  ...(minute === 4 ? { unreadable: "AccessDenied" } : {}),
});

/** The states that a rollout goes through, each with everything that has a place in it. */
function* statesOf(first: RolloutStarted, around: Around): Generator<Rollout> {
  const story = carried(first, { ratios: { baskets: counted }, sees, ...around }).until(2);
  story
    .command(command("pause"))
    .command({ id: "a1", type: "alarm", at: START, name: "late", state: "OK" })
    .until(3)
    .command({ ...command("resume"), why: "goes on" })
    .until(400);
  let state: Rollout = unknownRollout;
  for (const event of story.events) {
    state = evolve(state, event);
    yield state;
  }
}

/** Every path in a value with what is found there: `.phase.since: string`, of all elements of a list together. */
function* pathsIn(value: unknown, path = ""): Generator<string> {
  yield `${path}: ${value === null ? "null" : Array.isArray(value) ? "list" : typeof value}`;
  if (typeof value !== "object" || value === null) return;
  for (const [name, one] of Object.entries(value))
    yield* pathsIn(one, Array.isArray(value) ? `${path}[]` : `${path}.${name}`);
}

/** Somebody else's weights, found once. */
function driftsOnce(): NonNullable<Around["drift"]> {
  let found = 0;
  return () => {
    found += 1;
    return found === 2 ? started().actions : undefined;
  };
}

test("a state of another shape has another format: raise SNAPSHOT_FORMAT, and keep the shape that is written then", async () => {
  const adaptive = { type: "adaptive", caps: [2], holdBack: { minutes: 2 } };
  const bad = (weight: number) => [10 * weight, 5 * weight, 1000 - 10 * weight, 0] as const;
  const shape = new Set<string>();
  for (const [first, around] of [
    [started(steps, asked), {}],
    [started(steps, asked), { counts: bad }],
    [started([], { ...asked, hooks: [], strategy: adaptive }), { counts: healthy }],
    [started([], { ...asked, strategy: { type: "shift", to: 20, backAfterMinutes: 2 } }), {}],
    [started(steps, { ...asked, onDrift: "adopt" }), { drift: driftsOnce() }],
  ] as const) {
    for (const state of statesOf(first, around)) {
      for (const path of pathsIn(JSON.parse(JSON.stringify(state)))) shape.add(path);
    }
  }
  const text = `${[...shape].sort().join("\n")}\n`;
  await expect(text).toMatchFileSnapshot(`./state-shapes/${SNAPSHOT_FORMAT}.txt`);
});

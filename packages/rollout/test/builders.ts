import { errorRegression, Minute, minuteAt, type Reading } from "@espalier/evidence";
import {
  type Admitted,
  type Command,
  type CommandType,
  evolve,
  fromMillis,
  type Rollout,
  type RolloutEvent,
  type RolloutStarted,
  replay,
  RolloutStarted as Started,
  toMillis,
} from "../src/index.ts";

/** When the rollouts of these tests begin: 20 s into a minute. */
export const START = "2026-03-01T12:00:20.000Z";

/** The instant so many minutes after the beginning. */
export const after = (minutes: number): string => fromMillis(toMillis(START) + minutes * 60_000);

/** A named resource with ids in Lattice's form. */
export const named = (prefix: string, name: string) => {
  const id = `${prefix}-${Buffer.from(name).toString("hex").padEnd(17, "0").slice(-17)}`;
  return { id, name, arn: `arn:aws:vpc-lattice:us-east-1:123456789012:${prefix}/${id}` };
};

/** The first event of a rollout of inventory from v1 to v3, in the given steps. */
export function started(
  steps = [
    { weight: 10, bakeMinutes: 5 },
    { weight: 50, bakeMinutes: 5 },
  ],
): RolloutStarted {
  const stable = named("tg", "inventory-v1");
  return Started.parse({
    type: "rollout-started",
    at: START,
    id: "r1",
    service: named("svc", "inventory"),
    candidate: named("tg", "inventory-v3"),
    stable,
    strategy: { type: "canary", steps },
    alpha: 0.01,
    regression: errorRegression,
    actions: [
      { place: { type: "default-action", listener: "listener-1" }, groups: [{ id: stable.id, weight: 100 }] },
    ],
  });
}

/** A command, 30 s after the beginning unless said otherwise. */
export function command(type: CommandType, id = `c-${type}`, at = after(0.5)): Command {
  return { id, type, at, by: "ana" };
}

/** One minute's reading: requests and bad of the candidate, then of the stable group. */
export function reading(minute: number, counts: readonly [number, number, number, number]): Reading {
  const [requests, bad, stableRequests, stableBad] = counts;
  return {
    minute: Minute.parse(minute),
    candidate: { requests, bad },
    stable: { requests: stableRequests, bad: stableBad },
  };
}

/** The minute in which the rollouts begin. */
export const firstMinute = minuteAt(toMillis(START));

/** A rollout that must be admitted by now. */
export function admitted(rollout: Rollout): Admitted {
  if (rollout.status !== "admitted") throw new Error(`the rollout is ${rollout.status}`);
  return rollout;
}

/** A rollout as a workflow drives it, with its history kept. */
export function driven(first: RolloutEvent = started()) {
  const history: RolloutEvent[] = [first];
  let state = replay(history);
  return {
    history,
    get rollout() {
      return state;
    },
    /** Appends what a function of the state decides. */
    add(decided: (rollout: Rollout) => readonly RolloutEvent[]) {
      const events = decided(state);
      history.push(...events);
      state = events.reduce(evolve, state);
      return events;
    },
  };
}

/** The state after some events. */
export const afterEvents = (rollout: Rollout, events: readonly RolloutEvent[]): Rollout =>
  events.reduce(evolve, rollout);

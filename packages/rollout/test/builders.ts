import { Minute, minuteAt, type Reading } from "@espalier/evidence";
import {
  type Admitted,
  type Command,
  type CommandType,
  evolve,
  type Forwarding,
  fromMillis,
  look,
  type Rollout,
  type RolloutEvent,
  type RolloutStarted,
  replay,
  type ShiftOutcome,
  RolloutStarted as Started,
  toMillis,
  Weight,
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

const ASKED = { service: "inventory", candidate: "inventory-v3", metrics: [{ name: "errors", weight: 1 }] };

/** The first event of a rollout of inventory from v1 to v3, in the given steps; `asked` is what else the request says. */
export function started(
  steps: readonly object[] = [
    { weight: 10, bakeMinutes: 5 },
    { weight: 50, bakeMinutes: 5 },
  ],
  asked: object = {},
): RolloutStarted {
  const stable = named("tg", "inventory-v1");
  return Started.parse({
    type: "rollout-started",
    at: START,
    id: "r1",
    service: named("svc", "inventory"),
    candidate: named("tg", "inventory-v3"),
    stable,
    request: { ...ASKED, strategy: { type: "canary", steps }, ...asked },
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

/** What a turn leads to that hears how the shift went which the rollout awaits, or of one to another weight. */
export function heard(
  rollout: Rollout,
  outcome: { type: "shifted"; weight: number } | { type: "drifted"; found: string; actions?: Forwarding[] },
  at: string,
): RolloutEvent[] {
  const { orders } = admitted(rollout);
  const shift: ShiftOutcome =
    outcome.type === "shifted"
      ? { type: "shifted", weight: Weight.parse(outcome.weight), order: orders }
      : { type: "drifted", found: outcome.found, actions: outcome.actions ?? [], order: orders };
  return look(rollout, { shift }, at);
}

/** Minutes before the rollouts begin, of the stable group alone: calm, and enough to plan on. */
export function history(minutes = 240, requests = 1200): Reading[] {
  // Of mean 1 and variance 1, as chance would have it.
  const byChance = [0, 1, 0, 1, 3, 1];
  return Array.from({ length: minutes }, (_, k) =>
    reading(firstMinute - minutes + k, [0, 0, requests, byChance[k % 6] ?? 0]),
  );
}

/** The state after some events. */
export const afterEvents = (rollout: Rollout, events: readonly RolloutEvent[]): Rollout =>
  events.reduce(evolve, rollout);

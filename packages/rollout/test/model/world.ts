import { Minute, type Reading } from "@espalier/evidence";
import {
  type Command,
  deadlineOf,
  evolve,
  type Forwarding,
  firstUnread,
  fromMillis,
  giveUp,
  nextStep,
  type Rollout,
  type RolloutEvent,
  type RolloutStarted,
  replay,
  type Sighting,
  settle,
  takeTurn,
  toMillis,
} from "../../src/index.ts";
import { command, history, reading } from "../builders.ts";

/** A rollout at a point in time, and how it came to be there. */
export interface World {
  readonly rollout: Rollout;
  readonly at: string;
  readonly history: readonly RolloutEvent[];
  /** Whether all rollouts are frozen, as the next look will see; null where nobody ever freezes them. */
  readonly frozen: boolean | null;
  readonly moves: readonly string[];
}

/** Something that can happen, by name; undefined where it cannot happen now. */
export type Move = (world: World) => World | undefined;

/** The world in which a rollout has been admitted and, unless that is yet to come, planned on a calm history. */
export function begin(first: RolloutStarted, { freezes = false, planned = true } = {}): World {
  const frozen = freezes ? false : null;
  const world = { rollout: replay([first]), at: first.at, history: [first], frozen, moves: [] };
  return planned ? turn(world, [], { readings: history() }) : world;
}

function after(world: World, events: readonly RolloutEvent[], rest: Partial<World> = {}): World {
  const history = [...world.history, ...events];
  return { ...world, ...rest, history, rollout: events.reduce(evolve, world.rollout) };
}

/** What every turn sees. */
function frozenIn({ frozen }: World): Sighting {
  return { frozen: frozen ? { since: "2026-03-01T12:00:00.000Z", by: "ana" } : null };
}

function turn(world: World, commands: readonly Command[], seen: Sighting): World {
  const events = takeTurn(world.rollout, commands, { ...frozenIn(world), ...seen }, world.at);
  return after(world, events);
}

/** Readings of every minute that is over and not yet closed. */
function readings({ rollout, at }: World, counts: readonly [number, number, number, number]): Reading[] {
  if (rollout.status !== "admitted") return [];
  const from = Math.max(firstUnread(rollout), Math.floor(toMillis(at) / 60_000) - 12);
  const to = Math.floor(toMillis(at) / 60_000) - 1;
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, k) =>
    reading(Minute.parse(from + k), counts),
  );
}

/** A share of 100 requests that fits the weight, of which so many are bad. */
function fitting({ rollout }: World, bad: number) {
  const weight = rollout.status === "admitted" ? (rollout.written ?? 0) : 0;
  const requests = Math.round(weight);
  return [requests, Math.round(requests * bad), 100 - requests, 0] as const;
}

const ELSEWHERE: Forwarding = {
  place: { type: "rule", listener: "listener-1", rule: "rule-9" },
  groups: [{ id: "tg-somebody-else", weight: 1 }],
};

const later = (world: World, minutes: number): World => ({
  ...world,
  at: fromMillis(toMillis(world.at) + minutes * 60_000),
});

const nextOf = ({ rollout, at }: World) => nextStep(rollout, at);

const waits =
  (move: Move): Move =>
  (world) =>
    nextOf(world).type === "wait" ? move(world) : undefined;

const sends =
  (one: Command): Move =>
  (world) => {
    const sent = { ...one, id: `${one.id}-${world.history.length}`, at: world.at };
    // The inbox is closed before a rollout is settled, and a command that comes in between is answered by that.
    return nextOf(world).type === "settle"
      ? after(world, settle(world.rollout, [sent], world.at))
      : turn(world, [sent], {});
  };

const shifts =
  (how: "shifted" | "drifted" | "gone"): Move =>
  (world) => {
    const next = nextOf(world);
    if (next.type !== "shift") return undefined;
    const { weight, order, overrule } = next;
    if (how !== "shifted" && overrule) return undefined;
    const actions =
      world.rollout.status === "admitted" && how === "drifted" ? [...world.rollout.actions] : [ELSEWHERE];
    const drifted = { type: "drifted", order, found: "somebody wrote", actions } as const;
    return turn(world, [], { shift: how === "shifted" ? { type: "shifted", weight, order } : drifted });
  };

const answers =
  (answer: "go" | "wait" | "stop"): Move =>
  (world) => {
    const next = nextOf(world);
    if (next.type !== "run-hook") return undefined;
    return turn(world, [], { hook: { attempt: next.attempt, answer, reason: "" } });
  };

const looks = (what: "well" | "badly" | "at nothing" | "in vain" | "elsewhere"): Move =>
  waits((world) => {
    const now = later(world, 1);
    if (what === "in vain") return turn(now, [], { unreadable: "AccessDenied" });
    if (what === "at nothing") return turn(now, [], {});
    const counts =
      what === "elsewhere" ? ([60, 0, 40, 0] as const) : fitting(now, what === "badly" ? 0.9 : 0);
    return turn(now, [], { readings: readings(now, counts) });
  });

/** Everything that can happen to a rollout. */
export const moves: Readonly<Record<string, Move>> = {
  pause: sends(command("pause")),
  resume: sends(command("resume")),
  approve: sends(command("approve")),
  promote: sends(command("promote")),
  abort: sends(command("abort")),
  "the alarm fires": sends({ id: "alarm", type: "alarm", at: "", name: "checkout", state: "ALARM" }),
  "the alarm calms": sends({ id: "calm", type: "alarm", at: "", name: "checkout", state: "OK" }),
  freeze: (world) => (world.frozen === false ? turn({ ...world, frozen: true }, [], {}) : undefined),
  thaw: (world) => (world.frozen ? turn({ ...world, frozen: false }, [], {}) : undefined),
  "a minute goes well": looks("well"),
  "a minute goes badly": looks("badly"),
  "a minute is not there": looks("at nothing"),
  "a minute cannot be read": looks("in vain"),
  "a minute goes elsewhere": looks("elsewhere"),
  "the deadline comes": waits((world) => {
    const deadline = world.rollout.status === "admitted" ? deadlineOf(world.rollout) : undefined;
    if (deadline === undefined) return undefined;
    const at = toMillis(deadline.at) > toMillis(world.at) ? deadline.at : world.at;
    return turn({ ...world, at }, [], {});
  }),
  "the weights are written": shifts("shifted"),
  "the weights were somebody else's": shifts("drifted"),
  "the places are gone": shifts("gone"),
  "a freeze comes before the weights are written": (world) => {
    const next = nextOf(world);
    if (world.frozen !== false || next.type !== "shift") return undefined;
    return turn({ ...world, frozen: true }, [], { shift: { type: "held", order: next.order } });
  },
  "the hook says go": answers("go"),
  "the hook says wait": answers("wait"),
  "the hook says stop": answers("stop"),
  "the weights are restored": (world) => {
    if (nextOf(world).type !== "roll-back") return undefined;
    const restored = after(world, [{ type: "weights-restored", at: world.at, warnings: [] }]);
    return turn(restored, [], {});
  },
  "it is settled": (world) =>
    nextOf(world).type === "settle" && !isSettled(world)
      ? after(world, settle(world.rollout, [], world.at))
      : undefined,
  "the workflow fails": (world) => after(world, giveUp(world.rollout, "a state failed", world.at)),
  "an answer comes again": (world) => {
    const { rollout } = world;
    if (rollout.status !== "admitted") return undefined;
    const order = Math.max(0, rollout.orders - 1);
    const hook = { attempt: Math.max(1, rollout.calls - 1), answer: "stop", reason: "" } as const;
    if (rollout.calls < 2 || rollout.orders < 1) return undefined;
    return turn(world, [], { shift: { type: "drifted", order, found: "again", actions: [] }, hook });
  },
};

/** Whether it is over. */
export const isSettled = ({ rollout }: World) =>
  rollout.status === "admitted" && rollout.phase.type === "settled";

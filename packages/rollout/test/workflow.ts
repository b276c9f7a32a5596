import type { Reading } from "@espalier/evidence";
import {
  type Command,
  evolve,
  type Forwarding,
  type HookAnswer,
  type NextStep,
  nextStep,
  type Rollout,
  type RolloutEvent,
  type RolloutStarted,
  replay,
  type Sighting,
  settle,
  takeTurn,
} from "../src/index.ts";
import { admitted, after, firstMinute, history, reading, started } from "./builders.ts";

/** A rollout as its workflow carries it, on a clock of minutes since the beginning, with what the world around it does. */
export interface Around {
  /** Requests and bad of the candidate, then of the stable group, in a minute at a weight; metrics come one minute late. */
  readonly counts?: (weight: number, minute: number) => readonly [number, number, number, number] | null;
  /** The same of the user's own ratios, in each minute, those of the history too. */
  readonly ratios?: NonNullable<Reading["slow"]>;
  readonly hook?: (call: Extract<NextStep, { type: "run-hook" }>) => HookAnswer;
  /** What a shift finds; undefined where it finds what it looks for. */
  readonly drift?: (shift: Extract<NextStep, { type: "shift" }>) => readonly Forwarding[] | undefined;
  /** What else is seen in a minute. */
  readonly sees?: (minute: number) => Sighting;
  readonly warnings?: readonly string[];
}

/** Healthy arms that split 1,000 requests a minute as the weights say. */
export const healthy = (weight: number): readonly [number, number, number, number] => [
  10 * weight,
  0,
  1000 - 10 * weight,
  0,
];

export function carried(first: RolloutStarted = started(), around: Around = {}) {
  const { counts = healthy, hook = () => ({ answer: "go", reason: "" }), drift = () => undefined } = around;
  const events: RolloutEvent[] = [first];
  const waits: NextStep[] = [];
  let state: Rollout = replay(events);
  let minute = 0;
  const slow = around.ratios === undefined ? {} : { slow: around.ratios };
  const served: Reading[] = history().map((one) => ({ ...one, ...slow }));
  const add = (more: readonly RolloutEvent[]) => {
    events.push(...more);
    state = more.reduce(evolve, state);
  };
  const turn = (commands: readonly Command[], sighting: Sighting) =>
    add(takeTurn(state, commands, sighting, after(minute)));
  const shift = ({ weight, order, overrule, ...rest }: Extract<NextStep, { type: "shift" }>) => {
    const found = overrule ? undefined : drift({ weight, order, overrule, ...rest });
    if (found === undefined) return turn([], { shift: { type: "shifted", weight, order } });
    turn([], { shift: { type: "drifted", order, found: "somebody wrote", actions: [...found] } });
  };
  /** Does the next thing that is to be done now; false if there is only something to wait for. */
  const once = (): boolean => {
    const next = nextStep(state, after(minute));
    if (next.type === "wait") waits.push(next);
    if (next.type === "shift") shift(next);
    if (next.type === "run-hook") turn([], { hook: { attempt: next.attempt, ...hook(next) } });
    if (next.type === "settle") add(settle(state, [], after(minute)));
    if (next.type === "roll-back") {
      add([{ type: "weights-restored", at: after(minute), warnings: [...(around.warnings ?? [])] }]);
      turn([], {});
    }
    return next.type !== "wait" && next.type !== "settle";
  };
  const follow = () => {
    for (let steps = 0; once(); steps += 1) {
      if (steps > 200) throw new Error("the rollout does not come to rest");
    }
  };
  const over = () => state.status === "admitted" && state.phase.type === "settled";
  const read = () => served.filter(({ minute: at }) => at < firstMinute + minute - 1);

  turn([], { readings: read(), ...around.sees?.(0) });
  follow();
  return {
    events,
    waits,
    get rollout() {
      return state;
    },
    /** The types of the events from the one of this number on. */
    types: (from = 0) => events.slice(from).map(({ type }) => type),
    /** The events of a type. */
    of: <T extends RolloutEvent["type"]>(type: T) =>
      events.filter((event): event is Extract<RolloutEvent, { type: T }> => event.type === type),
    /** Lives on until this minute, or the end, a look a minute. */
    until(end: number) {
      while (minute < end && !over()) {
        const { written } = admitted(state);
        const row = counts(written ?? 0, minute);
        if (row !== null) served.push({ ...reading(firstMinute + minute, row), ...slow });
        minute += 1;
        turn([], { readings: read(), ...around.sees?.(minute) });
        follow();
      }
      return this;
    },
    /** Sends a command, now. */
    command(command: Command) {
      turn([command], {});
      follow();
      return this;
    },
    /** Takes a turn now that sees something. */
    see(sighting: Sighting) {
      turn([], sighting);
      follow();
      return this;
    },
    minutes: () => minute,
  };
}

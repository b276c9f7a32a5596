import {
  type Admitted,
  evolve,
  nextStep,
  type Rollout,
  type RolloutEvent,
  RolloutSummary,
  replay,
  RolloutEvent as Stored,
  summary,
  toMillis,
  waitingFor,
} from "../../src/index.ts";
import { isSettled, type World } from "./world.ts";

const ENDINGS: ReadonlySet<string> = new Set([
  "rollout-promoted",
  "rollout-rolled-back",
  "rollout-stopped",
  "rollout-shifted",
  "rollout-shifted-back",
]);

/** What is wrong with a step from one world to another, a sentence each; none if nothing is. */
export function wrongIn(before: World, after: World): string[] {
  const events = after.history.slice(before.history.length);
  const wrong = [
    isSettled(before) && after.rollout !== before.rollout ? "a settled rollout has changed" : undefined,
    ...waitsWell(after),
    ...endsOnce(after),
    ...weighsWell(before, events),
    ...growsOnlyIfItMay(before, events),
    ...shiftsOnlyIfItMay(after),
    ...(isSettled(after) && !isSettled(before) ? endsWell(before, after) : []),
  ];
  return wrong.filter((sentence) => sentence !== undefined);
}

/** The same of one world alone: its history, stored and read again, leads to it, and it can be kept as a snapshot. */
export function wrongWithHistory({ history, rollout }: World): string[] {
  const stored = history.map((event) => Stored.parse(JSON.parse(JSON.stringify(event))));
  const same = (one: Rollout) => JSON.stringify(sorted(one)) === JSON.stringify(sorted(rollout));
  return [
    ...(same(replay(stored)) ? [] : ["its history does not replay to it"]),
    ...(RolloutSummary.safeParse(summary(rollout)).success ? [] : ["it cannot be summed up"]),
    ...(same(JSON.parse(JSON.stringify(rollout))) ? [] : ["it does not survive JSON"]),
  ];
}

function waitsWell({ rollout, at }: World): string[] {
  const next = nextStep(rollout, at);
  if (next.type !== "wait") return [];
  const waiting = waitingFor(rollout);
  if (waiting === undefined) return ["it waits and does not say for what"];
  return [
    ...(toMillis(next.until) > toMillis(at) ? [] : ["it waits until a time that is past"]),
    ...(toMillis(waiting.until) > toMillis(at) ? [] : [`it waits beyond its deadline: ${waiting.for}`]),
  ];
}

function endsOnce({ history }: World): string[] {
  const endings = history.filter(({ type }) => ENDINGS.has(type)).length;
  return endings > 1 ? [`it ended ${endings} times`] : [];
}

/** Every weight asked for is one of the request's, and an action never forwards nowhere. */
function weighsWell({ rollout }: World, events: readonly RolloutEvent[]): string[] {
  let state = rollout;
  return events.flatMap((event) => {
    state = evolve(state, event);
    if (state.status !== "admitted") return [];
    const empty = state.actions.some(({ groups }) => groups.every(({ weight }) => weight === 0));
    return empty ? ["an action forwards nowhere"] : [];
  });
}

function growsOnlyIfItMay({ rollout }: World, events: readonly RolloutEvent[]): string[] {
  let state: Rollout = rollout;
  return events.flatMap((event) => {
    const held = state.status === "admitted" && state.frozen !== null ? state : undefined;
    state = evolve(state, event);
    if (held === undefined || held.undoes !== undefined) return [];
    const present = held.written ?? 0;
    if (event.type === "shift-decided" && event.to > present) return ["it grows while frozen"];
    return event.type === "promotion-decided" && present < 100 ? ["it is promoted while frozen"] : [];
  });
}

function shiftsOnlyIfItMay({ rollout, at }: World): string[] {
  if (rollout.status !== "admitted" || rollout.frozen === null || rollout.undoes !== undefined) return [];
  const next = nextStep(rollout, at);
  return next.type === "shift" && next.weight > (rollout.written ?? 0) ? ["it shifts while frozen"] : [];
}

function endsWell(before: World, after: World): string[] {
  const was = admittedIn(before);
  const { phase, written } = admittedIn(after);
  if (phase.type !== "settled") return [];
  const rolledBack = after.history.some(({ type }) => type === "roll-back-decided");
  const restored = after.history.some(({ type }) => type === "weights-restored");
  const wrong: Record<typeof phase.ending, boolean> = {
    promoted: written !== 100 || rolledBack,
    "rolled-back": !restored || !rolledBack,
    "shifted-back": !restored,
    shifted: written === null,
    stopped: !after.history.some(({ type }) => type === "drift-found"),
  };
  return wrong[phase.ending] ? [`it ended as ${phase.ending} from ${was.phase.type} with ${written}%`] : [];
}

function admittedIn({ rollout }: World): Admitted {
  if (rollout.status !== "admitted") throw new Error(`the rollout is ${rollout.status}`);
  return rollout;
}

/** With the fields of every object in order, since replaying may set them in another. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(
    fields.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => [name, sorted(one)]),
  );
}

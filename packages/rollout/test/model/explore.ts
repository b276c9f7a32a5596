import { keyOf } from "./abstraction.ts";
import { wrongIn, wrongWithHistory } from "./invariants.ts";
import { isSettled, moves, type World } from "./world.ts";

/** What an exploration came to. A wrong thing is told with the moves that lead to it. */
export interface Explored {
  readonly states: number;
  readonly steps: number;
  readonly endings: ReadonlySet<string>;
  readonly wrong: readonly string[];
  /** Whether every world that is reachable was explored. */
  readonly whole: boolean;
}

// One is enough to look into.
const MOST_WRONG = 5;

// Replaying takes long, so not every world that has not ended is.
const SAMPLED = 50;

/** What happens to a rollout that is left alone: what is to be done is done, nobody says anything, no metrics come. */
const ALONE = [
  ...["it is settled", "the weights are restored", "the weights are written"],
  ...["the hook says wait", "the deadline comes"],
];

/** Explores every world that so many moves or fewer lead to, one of each key. */
export function explore(first: World, most = Number.POSITIVE_INFINITY): Explored {
  const seen = new Set([keyOf(first)]);
  const alone = new Map<string, string>();
  const endings = new Set<string>();
  const wrong: string[] = [];
  const open = [first];
  let [steps, taken] = [0, 0];
  for (const world of open) {
    if (world.moves.length >= most || wrong.length >= MOST_WRONG) break;
    taken += 1;
    for (const [name, move] of movesOf(world)) {
      const next = { ...move, moves: [...world.moves, name] };
      const say = (sentence: string) => wrong.push(`${sentence}: ${next.moves.join(", ")}`);
      steps += 1;
      wrongIn(world, next).forEach(say);
      const key = keyOf(next);
      if (ALONE.includes(name)) alone.set(keyOf(world), key);
      if (seen.has(key)) continue;
      seen.add(key);
      open.push(next);
      const ending = endingOf(next);
      if (ending === undefined && seen.size % SAMPLED !== 0) continue;
      if (ending !== undefined) endings.add(ending);
      wrongWithHistory(next).forEach(say);
    }
  }
  const whole = taken === open.length;
  if (whole) wrong.push(...endless(open, alone));
  return { states: seen.size, steps, endings, wrong, whole };
}

/** The moves that can be made, and where they lead to; of those that are made where it is left alone, only the first may be. */
function* movesOf(world: World): Generator<[string, World]> {
  for (const [name, move] of Object.entries(moves)) {
    const next = move(world);
    if (next !== undefined) yield [name, next];
  }
}

/** The worlds that do not come to an end where they are left alone. */
function endless(worlds: readonly World[], alone: ReadonlyMap<string, string>): string[] {
  const ends = new Set(worlds.filter(isSettled).map(keyOf));
  return worlds.flatMap((world) => {
    let key: string | undefined = keyOf(world);
    for (let steps = 0; steps < MOST_STEPS && key !== undefined && !ends.has(key); steps += 1)
      key = alone.get(key);
    return key !== undefined && ends.has(key) ? [] : [`it never ends: ${world.moves.join(", ")}`];
  });
}

// Of a few steps and hooks, each of which may wait once.
const MOST_STEPS = 40;

const endingOf = ({ rollout }: World) =>
  rollout.status === "admitted" && rollout.phase.type === "settled" ? rollout.phase.ending : undefined;

import { refusePattern } from "./refuse-pattern.ts";
import type { Wildcard } from "./wildcard.ts";

/**
 * AWS does not publish its limit. It accepts three patterns of the form `*:stack/NAME/*` on a field and refuses four, and refuses
 * `*:*:*:*:*:event-bus/*` on its own; counted as below these are 9, 12 and 11.
 */
const mostPartialMatches = 10;

/**
 * Refuses wildcards of one field that a single text could keep partly matched in too many places at once: the number of places,
 * over all patterns, that have just consumed a character, and of stars reached.
 */
export function refuseComplexWildcards(wildcards: readonly Wildcard[]): void {
  const automaton = wildcards.flatMap(positions);
  const alphabet = new Set([...wildcards.flatMap((wildcard) => [...wildcard.join("")]), ""]);
  const start = closure(automaton, new Set(automaton.flatMap((place, at) => (place.first ? [at] : []))));
  const queue = [start];
  const seen = new Set([key(start)]);
  for (const active of queue) {
    for (const character of alphabet) {
      const next = step(automaton, active, character);
      if (next.consumed > mostPartialMatches) {
        refusePattern(
          "Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character",
        );
      }
      if (seen.has(key(next.active))) continue;
      seen.add(key(next.active));
      queue.push(next.active);
    }
  }
}

/** A place in a pattern: what has to come next. `end` has nothing to come. */
type Place = { readonly wants: "star" | "end" | { readonly character: string }; readonly first: boolean };

function positions(wildcard: Wildcard): Place[] {
  const wants: Place["wants"][] = wildcard.flatMap((literal, at) => [
    ...(at > 0 ? (["star"] as const) : []),
    ...[...literal].map((character) => ({ character })),
  ]);
  return [...wants, "end" as const].map((want, at) => ({ wants: want, first: at === 0 }));
}

/** A star may stand for nothing, so whoever waits before it waits behind it too. */
function closure(automaton: readonly Place[], active: ReadonlySet<number>): Set<number> {
  const closed = new Set(active);
  for (const at of closed) if (automaton[at]?.wants === "star") closed.add(at + 1);
  return closed;
}

function step(automaton: readonly Place[], active: ReadonlySet<number>, character: string) {
  const next = new Set<number>();
  let consumed = 0;
  for (const at of active) {
    const wants = automaton[at]?.wants;
    if (wants === "star") next.add(at);
    if (typeof wants === "object" && wants.character === character) {
      next.add(at + 1);
      consumed += 1;
    }
  }
  const closed = closure(automaton, next);
  const stars = [...closed].filter((at) => automaton[at]?.wants === "star").length;
  return { active: closed, consumed: consumed + stars };
}

const key = (active: ReadonlySet<number>) => [...active].sort((a, b) => a - b).join();

import type { Score } from "../../../packages/simulation/src/index.ts";
import type { Compared } from "../decisions.ts";

/** A world in which a peer does better than Espalier: its number, and Espalier's. */
export interface Better {
  readonly world: string;
  readonly peer: number;
  readonly ours: number;
}

/** How a peer stands to Espalier over all worlds. */
export interface Standing {
  readonly rule: string;
  /** Its largest share of healthy rollouts rolled back, and how many healthy worlds have more than 1%. */
  readonly worstFalse: number;
  readonly falseWorlds: number;
  /** Where it is promoted sooner when healthy, in median minutes. */
  readonly faster: readonly Better[];
  /** Where it has less exposure when faulty, and where it rolls back more of them. */
  readonly lessExposed: readonly Better[];
  readonly findsMore: readonly Better[];
}

const MOST_FALSE = 0.01;

/** Each peer against Espalier, which is the first of the scores. */
export function standings(compared: readonly Compared[]): Standing[] {
  const peers = compared[0]?.scores.slice(1).map(({ rule }) => rule) ?? [];
  return peers.map((rule) => {
    const better = (kind: Compared["kind"], of: (score: Score) => number, wins: (less: number) => boolean) =>
      compared
        .filter((one) => one.kind === kind)
        .map(({ world, scores }) => ({
          world: world.name,
          peer: of(scoreOf(rule, scores)),
          ours: of(scoreOf("espalier", scores)),
        }))
        .filter(({ peer, ours }) => wins(ours - peer));
    const wrong = compared
      .filter(({ kind }) => kind === "healthy")
      .map(({ scores }) => scoreOf(rule, scores).rolledBack);
    return {
      rule,
      worstFalse: Math.max(...wrong),
      falseWorlds: wrong.filter((share) => share > MOST_FALSE).length,
      faster: better("healthy", minutes, (less) => less > 0),
      lessExposed: better(
        "faulty",
        ({ exposureMinutes }) => exposureMinutes,
        (less) => less > 0,
      ),
      findsMore: better(
        "faulty",
        ({ rolledBack }) => rolledBack,
        (less) => less < 0,
      ),
    };
  });
}

/** Peers without false rollbacks that are promoted sooner in any healthy world and less exposed in any faulty one. */
export function dominators(compared: readonly Compared[]): Standing[] {
  return standings(compared).filter(
    ({ falseWorlds, faster, lessExposed }) =>
      falseWorlds === 0 && faster.length > 0 && lessExposed.length > 0,
  );
}

const minutes = ({ minutesToFull }: Score) => minutesToFull ?? Number.POSITIVE_INFINITY;

function scoreOf(rule: string, scores: readonly Score[]): Score {
  const score = scores.find((one) => one.rule === rule);
  if (!score) throw new Error(`${rule} has no score`);
  return score;
}

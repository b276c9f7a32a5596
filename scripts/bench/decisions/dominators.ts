import type { Score } from "../../../packages/simulation/src/index.ts";
import type { Compared } from "../decisions.ts";

/** How a peer stands to Espalier over all worlds. */
export interface Standing {
  readonly rule: string;
  /** Its largest share of healthy rollouts rolled back, and how many healthy worlds have more than 1%. */
  readonly worstFalse: number;
  readonly falseWorlds: number;
  /** Healthy worlds in which it is promoted sooner, and faulty ones in which it does less harm. */
  readonly faster: readonly string[];
  readonly lessHarm: readonly string[];
}

const MOST_FALSE = 0.01;

/** Each peer against Espalier, which is the first of the scores. */
export function standings(compared: readonly Compared[]): Standing[] {
  const peers = compared[0]?.scores.slice(1).map(({ rule }) => rule) ?? [];
  return peers.map((rule, k) => {
    const of = (kind: Compared["kind"], better: (peer: Score, ours: Score) => boolean) =>
      compared
        .filter((one) => one.kind === kind)
        .filter(({ scores }) => {
          const [ours, peer] = [scores[0], scores[k + 1]];
          return ours !== undefined && peer !== undefined && better(peer, ours);
        })
        .map(({ world }) => world.name);
    const wrong = compared
      .filter(({ kind }) => kind === "healthy")
      .map(({ scores }) => scores[k + 1]?.rolledBack ?? 0);
    return {
      rule,
      worstFalse: Math.max(...wrong),
      falseWorlds: wrong.filter((share) => share > MOST_FALSE).length,
      faster: of("healthy", (peer, ours) => minutes(peer) < minutes(ours)),
      lessHarm: of("faulty", (peer, ours) => peer.exposureMinutes < ours.exposureMinutes),
    };
  });
}

/** Peers that are sooner promoted in most healthy worlds and do less harm in most faulty ones without false rollbacks. */
export function dominators(compared: readonly Compared[]): Standing[] {
  const count = (kind: Compared["kind"]) => compared.filter((one) => one.kind === kind).length;
  return standings(compared).filter(
    ({ falseWorlds, faster, lessHarm }) =>
      falseWorlds === 0 && faster.length > count("healthy") / 2 && lessHarm.length > count("faulty") / 2,
  );
}

const minutes = ({ minutesToFull }: Score) => minutesToFull ?? Number.POSITIVE_INFINITY;

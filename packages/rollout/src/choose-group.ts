import type { MadeGroup } from "./candidate-groups.ts";

/** Lattice lets a service use at most this many target groups. */
const MOST_GROUPS = 10;

/** What is known when a group is wanted for a candidate. */
export interface Choice {
  /** What the group is to hold and how it is to be set. */
  readonly wanted: Pick<MadeGroup, "contents" | "settings">;
  /** The groups made for the service. */
  readonly made: readonly MadeGroup[];
  /** Ids of those that serve traffic, run in a rollout or are kept warm after one. */
  readonly busy: ReadonlySet<string>;
  /** Ids of all groups that the service forwards to, with weight or without. */
  readonly used: ReadonlySet<string>;
}

/** The group that a candidate gets: one that is ordered so already, an idle one to be refitted, or a new one. */
export type Chosen =
  | { readonly type: "use" | "refit"; readonly group: MadeGroup }
  | { readonly type: "make" }
  | { readonly type: "none-left"; readonly problem: string };

/** Chooses a group for a candidate. The same order gets the same group again, so a repeated preparation makes no other. */
export function chooseGroup({ wanted, made, busy, used }: Choice): Chosen {
  const same = made.find(({ contents }) => contents === wanted.contents);
  if (same !== undefined) return { type: "use", group: same };
  const idle = made.filter(
    ({ id, status, settings }) => settings === wanted.settings && status === "ACTIVE" && !busy.has(id),
  );
  const group = idle.find(({ id }) => used.has(id)) ?? idle[0];
  if (group !== undefined) return { type: "refit", group };
  if (used.size < MOST_GROUPS) return { type: "make" };
  return {
    type: "none-left",
    problem: `the service forwards to ${used.size} target groups, as many as Lattice lets it, and none that was made for it is idle; take one out of its rules`,
  };
}

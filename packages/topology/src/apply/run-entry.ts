import * as z from "zod";
import type { Existing } from "../existing.ts";
import { Attempt } from "../plan/turn.ts";
import { Write, WriteAction } from "../plan/write.ts";
import { Answer } from "./answer.ts";
import { foldWrite } from "./fold-write.ts";
import { foldLives, type Life } from "./life.ts";

/** What became known by an attempt: what Lattice answered, or the action that was found in place of the one to rewrite. */
export const Learnt = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("written"), write: Write, answer: Answer }),
  z.strictObject({ type: z.literal("seen"), write: Write, now: WriteAction }),
  z.strictObject({ type: z.literal("nothing") }),
]);
export type Learnt = z.infer<typeof Learnt>;

/** An attempt with what became known by it, and the services whose locks were taken for it. */
export const Attempted = z.strictObject({ attempt: Attempt, locks: z.array(z.string()), learnt: Learnt });
export type Attempted = z.infer<typeof Attempted>;

/**
 * What is written down of a run, in this order: what exists, once at its beginning and again where it turned out to be other
 * than known; attempts; looks at what Lattice is at.
 */
export type RunEntry =
  | { readonly type: "read"; readonly existing: Existing }
  | { readonly type: "attempted"; readonly changes: readonly Attempted[] }
  | { readonly type: "followed"; readonly lives: readonly Life[] };

/** What a run's entries add up to. */
export interface Progress {
  readonly existing: Existing;
  /** Without those that found that Lattice had changed: they are planned anew. */
  readonly attempts: readonly Attempt[];
  readonly locks: readonly string[];
  /** How often what exists was read. */
  readonly reads: number;
  /** Whether Lattice refused something in a way that says that what is known is not what exists. */
  readonly doubtful: boolean;
}

const nothing: Progress = {
  existing: {
    networks: [],
    otherNetworks: [],
    services: [],
    targetGroups: [],
    elsewhere: { networks: 0, services: 0, targetGroups: 0 },
  },
  attempts: [],
  locks: [],
  reads: 0,
  doubtful: false,
};

export const progressOf = (entries: readonly RunEntry[]): Progress => entries.reduce(progress, nothing);

/** The progress after one more entry. */
export function progress(before: Progress, entry: RunEntry): Progress {
  switch (entry.type) {
    case "read":
      return { ...before, existing: entry.existing, reads: before.reads + 1, doubtful: false };
    case "followed":
      return { ...before, existing: foldLives(before.existing, entry.lives) };
    case "attempted": {
      const tried = entry.changes.map(({ attempt }) => attempt);
      return {
        ...before,
        existing: entry.changes.reduce((existing, { learnt }) => learn(existing, learnt), before.existing),
        attempts: [...before.attempts, ...tried.filter(({ outcome }) => outcome !== "stale")],
        locks: [...new Set([...before.locks, ...entry.changes.flatMap(({ locks }) => locks)])],
        doubtful: before.doubtful || tried.some(contradicts),
      };
    }
  }
}

const contradicts = (attempt: Attempt): boolean =>
  attempt.outcome === "failed" && /^(Conflict|ResourceNotFound)Exception$/.test(attempt.error);

function learn(existing: Existing, learnt: Learnt): Existing {
  if (learnt.type === "nothing") return existing;
  const write = learnt.type === "seen" ? withAction(learnt.write, learnt.now) : learnt.write;
  const answer = learnt.type === "seen" ? silent : learnt.answer;
  return foldWrite(existing, write, answer);
}

const silent: Answer = { id: "", arn: "", status: "", domainName: "" };

/** The write that would have made what was found: only its action counts. */
function withAction(write: Write, now: WriteAction): Write {
  if (write.operation === "UpdateListener")
    return { ...write, input: { ...write.input, defaultAction: now } };
  if (write.operation !== "UpdateRule") return write;
  const { serviceIdentifier, listenerIdentifier, ruleIdentifier } = write.input;
  return { ...write, input: { serviceIdentifier, listenerIdentifier, ruleIdentifier, action: now } };
}

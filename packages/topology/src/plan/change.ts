import * as z from "zod";
import { Write } from "./write.ts";

const step = {
  /** The place in the document, `services.inventory.listeners.http`, also of what is no longer in it. */
  address: z.string(),
  verb: z.enum(["create", "update", "replace", "delete"]),
  /** What is done, for people. */
  sentence: z.string(),
  /** ARNs of the services whose traffic it touches: their locks are held while it is made. */
  locks: z.array(z.string()),
};

/** A change that can be made now. */
export const ReadyChange = z.strictObject({ state: z.literal("ready"), ...step, write: Write });
export type ReadyChange = z.infer<typeof ReadyChange>;

/**
 * What has to happen to one thing. `blocked`: only after the things at the addresses in `after`; `underway`: Lattice is
 * at it; `refused`: not by this document, the sentence says why; `unchanged`: nothing.
 */
export const Change = z.discriminatedUnion("state", [
  ReadyChange,
  z.strictObject({ state: z.literal("blocked"), ...step, after: z.array(z.string()) }),
  z.strictObject({ state: z.literal("underway"), ...step }),
  z.strictObject({ state: z.literal("refused"), address: z.string(), sentence: z.string() }),
  z.strictObject({ state: z.literal("unchanged"), address: z.string(), sentence: z.string() }),
]);
export type Change = z.infer<typeof Change>;

type Step = Pick<ReadyChange, "address" | "verb" | "sentence"> & { readonly locks?: readonly string[] };

export const ready = (step: Step, write: Write): Change => ({ state: "ready", ...plain(step), write });

export const blocked = (step: Step, after: readonly string[]): Change => ({
  state: "blocked",
  ...plain(step),
  after: [...new Set(after)],
});

export const underway = (step: Step): Change => ({ state: "underway", ...plain(step) });

export const unchanged = (address: string, sentence: string): Change => ({
  state: "unchanged",
  address,
  sentence,
});

export const refused = (address: string, sentence: string): Change => ({
  state: "refused",
  address,
  sentence,
});

const plain = ({ address, verb, sentence, locks = [] }: Step) => ({
  address,
  verb,
  sentence,
  locks: [...locks],
});

import { blocked, type Change, ready, underway } from "./change.ts";
import type { Write } from "./write.ts";

/** What the life cycle of a thing that is wanted asks for; undefined where it is ACTIVE and can be worked on. */
export function awaitActive(
  address: string,
  label: string,
  thing: { readonly status: string },
  remove: Write,
  locks: readonly string[] = [],
): Change | undefined {
  if (thing.status === "ACTIVE") return undefined;
  if (thing.status.endsWith("_FAILED")) {
    const sentence = `replace ${label}, which is ${thing.status}`;
    return ready({ address, verb: "replace", sentence, locks }, remove);
  }
  const verb = thing.status.startsWith("UPDATE") ? "update" : "create";
  return underway({ address, verb, sentence: `${label} is ${thing.status}`, locks });
}

/** Deleting a thing that is not wanted any more, or waiting until it is gone. */
export function removal(
  address: string,
  label: string,
  thing: { readonly status: string },
  after: readonly string[],
  remove: Write,
  locks: readonly string[] = [],
): Change {
  const step = { address, verb: "delete" as const, sentence: `delete ${label}`, locks };
  if (thing.status.endsWith("_IN_PROGRESS")) return underway(step);
  return after.length > 0 ? blocked(step, after) : ready(step, remove);
}

/** Whether Lattice is deleting it already, whoever asked. Its tags may be gone by then. */
export const isLeaving = (thing: { readonly status: string }): boolean =>
  thing.status === "DELETE_IN_PROGRESS";

/** A thing that is wanted while its predecessor of the same name is on its way out; undefined where there is none. */
export const awaitGone = (
  address: string,
  label: string,
  thing: { readonly status: string },
): Change | undefined =>
  isLeaving(thing)
    ? underway({ address, verb: "create", sentence: `${label} is being deleted first` })
    : undefined;

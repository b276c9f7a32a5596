import * as z from "zod";
import { Instant } from "./instant.ts";

/** Who holds a service. At most one piece of work does, so that two never write the weights of one service. */
export const Lock = z.object({
  service: z.string(),
  /** The rollout's id, or what names another piece of work. */
  rollout: z.string(),
  /** The ARN of the execution that does the work. */
  owner: z.string(),
  generation: z.int().positive(),
  at: Instant,
  /** How many executions in a row have died of this work. */
  recoveries: z.int().nonnegative().default(0),
  /** What kind of work it is; only a rollout is recovered as one. */
  work: z.enum(["rollout", "topology", "cleanup"]).default("rollout"),
});
export type Lock = z.infer<typeof Lock>;

/** The locks of services, keyed by the service's ARN. A lock is never stolen by age. */
export interface ServiceLocks {
  /** Takes the lock if nobody holds it or its owner does already; answers with whoever holds it then. */
  take(lock: Omit<Lock, "recoveries">): Promise<Lock>;
  read(service: string): Promise<Lock | undefined>;
  /** Gives the lock up if it is still held so; does nothing otherwise. */
  release(lock: Pick<Lock, "service" | "owner" | "generation">): Promise<void>;
  /** Hands the lock to another owner, one generation up. False if it is no longer held as `from` says. */
  swap(from: Lock, owner: string, recoveries: number): Promise<boolean>;
  /** Every lock held, perhaps a moment out of date. */
  list(): Promise<Lock[]>;
}

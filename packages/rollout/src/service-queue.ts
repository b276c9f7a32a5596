import * as z from "zod";
import { Instant } from "./instant.ts";

/** A request that waits for its service, which somebody else holds. */
export const Waiting = z.object({
  /** The service's ARN. */
  service: z.string(),
  rollout: z.string(),
  /** The ARN of the execution that waits. */
  owner: z.string(),
  at: Instant,
  /** Whether it goes before those that only queue: it has asked the holder to stop. */
  first: z.boolean(),
});
export type Waiting = z.infer<typeof Waiting>;

/** Who waits for each service, in order of coming. */
export interface ServiceQueue {
  /** Goes to the end of the queue, or of those that go first; whoever is in it keeps the place. False if the place is another execution's. */
  join(waiting: Waiting): Promise<boolean>;
  leave(waiting: Pick<Waiting, "service" | "rollout" | "owner">): Promise<void>;
  /** Who waits for a service, next one first. */
  of(service: string): Promise<Waiting[]>;
  /** Everybody who waits for anything, perhaps a moment out of date. */
  list(): Promise<Waiting[]>;
}

import type { Forwarding, Named, ServiceLocks, TrafficRouter } from "@espalier/rollout";
import { fence } from "./fence.ts";
import type { Turn } from "./turn.ts";

/** Writes actions, as few calls as will do, each only while this execution still holds the service. */
export async function writeFenced(
  { locks, router }: { readonly locks: Pick<ServiceLocks, "read">; readonly router: TrafficRouter },
  service: Named,
  actions: readonly Forwarding[],
  turn: Turn,
): Promise<void> {
  for (const part of router.parts(actions)) {
    await fence(locks, service.arn, turn);
    await router.write(service, part);
  }
}

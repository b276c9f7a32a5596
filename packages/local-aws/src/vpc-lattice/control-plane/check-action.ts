import type { Quotas } from "../settings.ts";
import { conflict, invalid, quotaExceeded } from "./errors.ts";
import { lookup } from "./lookup.ts";
import type { Listener, TargetGroup } from "./records.ts";
import { groupsOf, type RuleAction } from "./shapes/rule-action.ts";
import type { Store } from "./store.ts";
import { groupsUsedBy, servicesUsing } from "./use-of-groups.ts";

/**
 * Whether a listener of `serviceId` may act so: the groups exist, serve no other service, speak what the listener speaks
 * and stay within the quota. Throws what Lattice would answer.
 */
export function checkAction(
  store: Store,
  quotas: Quotas,
  { serviceId, protocol }: Pick<Listener, "serviceId" | "protocol">,
  action: RuleAction,
): void {
  const groups = groupsOf(action).map(lookup(store).targetGroup);
  for (const group of groups) {
    checkGroup(store, serviceId, group);
    checkProtocol(protocol, group);
  }
  const used = new Set([...groupsUsedBy(store, serviceId), ...groupsOf(action)]);
  if (used.size > quotas.targetGroupsPerService) {
    throw quotaExceeded(
      "TARGET_GROUP",
      "L-3DEC3B9F",
      `A service has at most ${quotas.targetGroupsPerService} target groups`,
    );
  }
}

function checkGroup(store: Store, serviceId: string, group: TargetGroup): void {
  if (group.status === "DELETE_IN_PROGRESS") {
    throw conflict("TARGET_GROUP", group.id, `Target group ${group.id} is being deleted`);
  }
  const other = servicesUsing(store, group.id).find((id) => id !== serviceId);
  if (other === undefined) return;
  throw conflict("TARGET_GROUP", group.id, `Target group ${group.id} is already used by service ${other}`);
}

/** See https://docs.aws.amazon.com/vpc-lattice/latest/ug/listeners.html */
function checkProtocol(listener: Listener["protocol"], { id, config }: TargetGroup): void {
  const tcp = config.type !== "LAMBDA" && config.protocol === "TCP";
  const multiplexed =
    config.type !== "LAMBDA" && (config.protocolVersion === "HTTP2" || config.protocolVersion === "GRPC");
  const fits = tcp === (listener === "TLS_PASSTHROUGH") && !(multiplexed && listener === "HTTP");
  if (fits) return;
  throw invalid({
    name: "targetGroupIdentifier",
    message: `${id} cannot be the target of a listener with protocol ${listener}`,
  });
}

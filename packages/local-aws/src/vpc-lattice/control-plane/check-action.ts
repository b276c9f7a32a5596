import type { Quotas } from "../settings.ts";
import { conflict, invalid, notFound } from "./errors.ts";
import { lookup } from "./lookup.ts";
import { ownedBy, placeOf } from "./ownership.ts";
import type { Listener, Service, TargetGroup } from "./records.ts";
import { groupsOf, type RuleAction } from "./shapes/rule-action.ts";
import type { Store } from "./store.ts";
import { groupsUsedBy, servicesUsing } from "./use-of-groups.ts";
import { withinQuota } from "./within-quota.ts";

/**
 * Whether a listener of `serviceId` may act so: the groups exist, serve no other service, speak what the listener speaks
 *, belong to its account and stay within the quota. Throws what Lattice would answer.
 */
export function checkAction(
  store: Store,
  settings: { readonly quotas: Quotas },
  { serviceId, protocol }: Pick<Listener, "serviceId" | "protocol">,
  action: RuleAction,
): void {
  const home = placeOf(lookup(store).service(serviceId).arn);
  const groups = groupsOf(action).map(lookup(store).targetGroup);
  for (const group of groups) {
    if (!ownedBy(home)(group)) throw notFound("TARGET_GROUP", group.id);
    checkGroup(store, serviceId, group);
    checkProtocol(protocol, group);
  }
  const used = new Set([...groupsUsedBy(store, serviceId), ...groupsOf(action)]);
  withinQuota(settings, "targetGroupsPerService", used.size);
}

function checkGroup(store: Store, serviceId: string, group: TargetGroup): void {
  if (group.status === "DELETE_IN_PROGRESS") {
    throw conflict("TARGET_GROUP", group.id, `Target group ${group.id} is being deleted`);
  }
  const other = servicesUsing(store, group.id).find((id) => id !== serviceId);
  if (other === undefined) return;
  throw conflict("TARGET_GROUP", group.id, `Target group ${group.id} is already used by service ${other}`);
}

/**
 * A TLS_PASSTHROUGH listener needs a custom domain, and always forwards. Throws ValidationException.
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/tls-listeners.html
 */
export function checkPassThrough(
  { id, customDomainName }: Service,
  {
    protocol,
    defaultAction,
  }: { readonly protocol: Listener["protocol"]; readonly defaultAction: RuleAction },
): void {
  if (protocol !== "TLS_PASSTHROUGH") return;
  const wrong = [
    ...(customDomainName === undefined
      ? [{ name: "protocol", message: `TLS_PASSTHROUGH needs a custom domain name; ${id} has none` }]
      : []),
    ...("forward" in defaultAction
      ? []
      : [{ name: "defaultAction", message: "A TLS_PASSTHROUGH listener can only forward" }]),
  ];
  if (wrong.length > 0) throw invalid(...wrong);
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

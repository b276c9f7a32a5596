import { accessRequest } from "../access/call.ts";
import { policiesOf } from "../access/judge.ts";
import { type Outlook, outlook } from "../access/outlook.ts";
import type { Guard, GuardedService, Premises } from "../access/premises.ts";
import type { Way } from "../access/way.ts";
import { namedPrincipals } from "./named-principals.ts";
import { seenCaller } from "./seen-caller.ts";
import type { Seen } from "./seen-request.ts";

/** A caller that came through so far and would not any more. `perhaps`: a condition that the log does not tell decides. */
export interface CutOff {
  readonly caller: string;
  readonly layer: "network" | "service";
  /** Name of the network or service whose policy cuts it off. */
  readonly owner: string;
  readonly service: string;
  readonly how: "surely" | "perhaps";
  readonly requests: readonly Pick<Seen, "method" | "path" | "count">[];
}

/**
 * Who would be cut off by new auth policies, of those whom the access logs show to have been let in. Network and service are
 * found by their ARNs; what there is no more is not a matter of policies.
 */
export function cutOff(seen: readonly Seen[], before: Premises, after: Premises): CutOff[] {
  const roles = namedPrincipals([...documents(before), ...documents(after)]);
  const found = new Map<string, CutOff & { requests: Pick<Seen, "method" | "path" | "count">[] }>();
  for (const request of seen) {
    if (!request.allowed) continue;
    const then = placeOf(before, request);
    const now = placeOf(after, request);
    if (then === undefined || now === undefined) continue;
    for (const layer of ["network", "service"] as const) {
      const was = outlookOf(layer, request, then, roles);
      const is = outlookOf(layer, request, now, roles);
      if (was === is || was === "none" || was === "deny" || is === "allow") continue;
      const { name: caller } = seenCaller(request.caller, roles);
      const { name: owner } = layer === "network" ? now.way.network : now.service;
      const how = is === "depends" ? "perhaps" : "surely";
      const key = [caller, layer, owner, now.service.name, how].join(" ");
      const known = found.get(key) ?? { caller, layer, owner, service: now.service.name, how, requests: [] };
      known.requests.push({ method: request.method, path: request.path, count: request.count });
      found.set(key, known);
    }
  }
  return [...found.values()];
}

interface Place {
  readonly service: GuardedService;
  readonly way: Way;
}

function placeOf({ networks, services }: Premises, request: Seen): Place | undefined {
  const network = networks.find(({ arn }) => arn === request.network);
  const service = services.find(({ arn }) => arn === request.service);
  if (network === undefined || service === undefined) return undefined;
  const known = network.vpcs.find(({ id }) => id === request.sourceVpc);
  const vpc = known ?? (request.sourceVpc === undefined ? undefined : { id: request.sourceVpc });
  return { service, way: { network, vpc } };
}

function outlookOf(
  layer: "network" | "service",
  { caller, method, path }: Seen,
  { service, way }: Place,
  roles: readonly string[],
): Outlook {
  const guard: Guard = layer === "network" ? way.network.guard : service.guard;
  if (guard.type !== "policy") return "allow";
  const request = accessRequest(seenCaller(caller, roles), service, way, { method, path });
  return outlook(policiesOf(layer, guard), request);
}

function documents({ networks, services }: Premises) {
  return [...networks, ...services].flatMap(({ guard }) =>
    guard.type === "policy" && guard.document ? [guard.document] : [],
  );
}

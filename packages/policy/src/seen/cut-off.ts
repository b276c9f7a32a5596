import { accessRequest } from "../access/call.ts";
import type { Caller } from "../access/caller.ts";
import { policiesOf } from "../access/judge.ts";
import { type Outlook, outlook } from "../access/outlook.ts";
import { policyDocuments } from "../access/policy-documents.ts";
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
  const roles = namedPrincipals([before, after].flatMap(policyDocuments));
  const found = new Map<string, Omit<CutOff, "requests"> & { requests: Seen[] }>();
  const [placeBefore, placeAfter] = [placesIn(before), placesIn(after)];
  for (const [arn, requests] of Map.groupBy(seen, (request) => request.caller)) {
    const caller = seenCaller(arn, roles);
    for (const request of requests.filter(({ allowed }) => allowed)) {
      const then = placeBefore(request);
      const now = placeAfter(request);
      if (then === undefined || now === undefined) continue;
      for (const layer of ["network", "service"] as const) {
        const how = whatIsLost(
          outlookOf(layer, caller, request, then),
          outlookOf(layer, caller, request, now),
        );
        if (how === undefined) continue;
        const { name: owner } = layer === "network" ? now.way.network : now.service;
        const service = now.service.name;
        const key = [arn, layer, owner, service, how].join(" ");
        const known = found.get(key) ?? { caller: caller.name, layer, owner, service, how, requests: [] };
        known.requests.push(request);
        found.set(key, known);
      }
    }
  }
  return [...found.values()].map((cut) => ({ ...cut, requests: alike(cut.requests) }));
}

/** What was let in, by whatever condition, and is so no more. */
function whatIsLost(was: Outlook, is: Outlook): CutOff["how"] | undefined {
  if (was === is || was === "none" || was === "deny" || is === "allow") return undefined;
  return is === "depends" ? "perhaps" : "surely";
}

/** Requests that differ in nothing but where they came from are told as one. */
function alike(requests: readonly Seen[]): CutOff["requests"] {
  const groups = Map.groupBy(requests, ({ method, path }) => `${method} ${path}`);
  return [...groups.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const { method, path } = first;
    return [{ method, path, count: same.reduce((sum, { count }) => sum + count, 0) }];
  });
}

interface Place {
  readonly service: GuardedService;
  readonly way: Way;
}

/** Where a request went, undefined where there is no such place. */
function placesIn(premises: Premises): (request: Seen) => Place | undefined {
  const networks = new Map(premises.networks.map((network) => [network.arn, network]));
  const services = new Map(premises.services.map((service) => [service.arn, service]));
  return (request) => {
    const network = networks.get(request.network);
    const service = services.get(request.service);
    if (network === undefined || service === undefined) return undefined;
    const known = network.vpcs.find(({ id }) => id === request.sourceVpc);
    const vpc = known ?? (request.sourceVpc === undefined ? undefined : { id: request.sourceVpc });
    return { service, way: { network, vpc } };
  };
}

function outlookOf(
  layer: "network" | "service",
  caller: Caller,
  { method, path }: Seen,
  { service, way }: Place,
): Outlook {
  const guard: Guard = layer === "network" ? way.network.guard : service.guard;
  if (guard.type !== "policy") return "allow";
  const request = accessRequest(caller, service, way, { method, path });
  return outlook(policiesOf(layer, guard), request);
}

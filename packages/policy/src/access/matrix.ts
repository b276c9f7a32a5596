import { accessRequest } from "./call.ts";
import type { Caller } from "./caller.ts";
import { policiesOf } from "./judge.ts";
import { outlook } from "./outlook.ts";
import type { Guard, GuardedService, Premises } from "./premises.ts";
import { type Probe, probesOf } from "./probes.ts";
import { type Way, waysTo } from "./way.ts";

/** `partly`: some of it, from some VPCs, or where a condition holds. */
export type Extent = "allowed" | "denied" | "partly";

/** What a caller may do with a service, and with each kind of call that the policies tell apart. */
export interface Cell {
  readonly caller: string;
  readonly service: string;
  readonly extent: Extent;
  readonly calls: readonly (Pick<Probe, "method" | "path"> & { readonly extent: Extent })[];
}

/** Who may call what: a cell for each caller and service, callers by callers. A service that is in no network is denied. */
export function accessMatrix(premises: Premises, callers: readonly Caller[]): Cell[] {
  const own = callers.flatMap(({ identity }) => (identity.type === "policies" ? identity.policies : []));
  const asked = premises.services.map((service) => {
    const ways = waysTo(premises, service);
    const guards = new Set([service.guard, ...ways.map(({ network }) => network.guard)]);
    const policies = [...[...guards].flatMap((guard) => policiesOf("", guard)), ...own];
    const probes = probesOf(
      service,
      policies.map(({ document }) => document),
    );
    return { service, ways, probes };
  });
  return callers.flatMap((caller) =>
    asked.map(({ service, ways, probes }) => {
      const calls = probes.map((probe) => ({
        method: probe.method,
        path: probe.path,
        extent: together(ways.map((way) => extentOf(caller, service, way, probe))),
      }));
      const extent = together(calls.map((call) => call.extent));
      return { caller: caller.name, service: service.name, extent, calls };
    }),
  );
}

function extentOf(caller: Caller, service: GuardedService, way: Way, { example }: Probe): Extent {
  const guards: readonly Guard[] = [way.network.guard, service.guard];
  if (guards.every(({ type }) => type === "open")) return "allowed";
  const request = accessRequest(caller, service, way, example);
  const own = caller.identity.type === "policies" ? [caller.identity.policies] : [];
  const theirs = guards.flatMap((guard) => (guard.type === "policy" ? [policiesOf("", guard)] : []));
  let extent: Extent = "allowed";
  for (const policies of [...own, ...theirs]) {
    const said = outlook(policies, request);
    if (said === "deny" || said === "none") return "denied";
    if (said === "depends") extent = "partly";
  }
  return extent;
}

function together(extents: readonly Extent[]): Extent {
  const [first = "denied"] = extents;
  return extents.every((extent) => extent === first) ? first : "partly";
}

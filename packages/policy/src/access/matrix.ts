import type { PolicyDocument } from "../document.ts";
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
  const probes = new Map(
    premises.services.map((service) => [
      service,
      probesOf(service, documentsFor(premises, service, callers)),
    ]),
  );
  return callers.flatMap((caller) =>
    premises.services.map((service) => {
      const ways = waysTo(premises, service);
      const calls = (probes.get(service) ?? []).map((probe) => ({
        method: probe.method,
        path: probe.path,
        extent: together(ways.map((way) => extentOf(caller, service, way, probe))),
      }));
      const extent = together(calls.map((call) => call.extent));
      return { caller: caller.name, service: service.name, extent, calls };
    }),
  );
}

function documentsFor(
  premises: Premises,
  service: GuardedService,
  callers: readonly Caller[],
): PolicyDocument[] {
  const guards = [service.guard, ...waysTo(premises, service).map(({ network }) => network.guard)];
  const own = callers.flatMap(({ identity }) => (identity.type === "policies" ? identity.policies : []));
  return [...guards.flatMap((guard) => policiesOf("", guard)), ...own].map(({ document }) => document);
}

function extentOf(caller: Caller, service: GuardedService, way: Way, { example }: Probe): Extent {
  const guards: readonly Guard[] = [way.network.guard, service.guard];
  if (guards.every(({ type }) => type === "open")) return "allowed";
  const request = accessRequest(caller, service, way, example);
  const said = guards.map((guard) =>
    guard.type === "policy" ? outlook(policiesOf("", guard), request) : "allow",
  );
  if (caller.identity.type === "policies") said.push(outlook(caller.identity.policies, request));
  if (said.some((each) => each === "deny" || each === "none")) return "denied";
  return said.every((each) => each === "allow") ? "allowed" : "partly";
}

function together(extents: readonly Extent[]): Extent {
  const [first = "denied"] = extents;
  return extents.every((extent) => extent === first) ? first : "partly";
}

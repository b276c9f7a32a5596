import { keyOfManifest } from "./attached.ts";
import { authOf } from "./auth-of.ts";
import type { Read } from "./cluster.ts";
import {
  groupsOf,
  type Origins,
  type WrittenListener,
  type WrittenRule,
  type WrittenService,
} from "./draft.ts";
import type { Section } from "./gateway.ts";
import type { Forwarder, Groups } from "./groups.ts";
import { freeName, latticeName, nameRules } from "./lattice-name.ts";
import { logsOf } from "./logs-of.ts";
import type { Policies } from "./network-of.ts";
import { type Parent, sectionsOf, standsAlone } from "./parents.ts";
import type { RouteSpec } from "./route.ts";
import { rulesOf, type Written } from "./rules-of.ts";
import { tagsOf } from "./tags-of.ts";

/** A route, whichever kind it is of. */
export type Route = Read<RouteSpec> & Written;

/** The Lattice service that a route stands for: a listener for each section, each with all of the route's rules. */
export function serviceOf(
  route: Route,
  parents: readonly Parent[],
  networks: readonly string[],
  groups: Groups,
  policies: Policies,
  origins: Origins,
): WrittenService {
  const key = keyOfManifest(route.manifest);
  const { name, namespace } = route.manifest.metadata;
  const grpc = route.kind === "GRPCRoute";
  const forwarder: Forwarder = { key, name, namespace, grpc };
  const sections = sectionsOf(route, parents, grpc).filter((section) => hears(section, route, grpc));
  const listeners = new Map<string, WrittenListener>();
  for (const section of sections) {
    const plain = latticeName(section.name, nameRules.listener);
    const listener = freeName(new Set(listeners.keys()), [plain], nameRules.listener);
    listeners.set(listener, listenerOf(section, route, forwarder, groups, origins));
  }
  const accessLogs = logsOf(policies.logs, [key]);
  const tags = tagsOf(route);
  const service: WrittenService = {
    ...authOf(policies.auth, [key], origins),
    ...domainOf(route, sections, origins),
    ...(!standsAlone(route, parents) && { networks: [...networks] }),
    listeners: Object.fromEntries(listeners),
    ...(accessLogs.length > 0 && { accessLogs }),
    ...(tags !== undefined && { tags }),
  };
  origins.set(service, { tell: route.tell, field: "", without: "the route has no service" });
  return service;
}

function listenerOf(
  { protocol, port }: Section,
  route: Route,
  forwarder: Forwarder,
  groups: Groups,
  origins: Origins,
): WrittenListener {
  const listener: WrittenListener = {
    protocol: protocol === "HTTPS" ? "HTTPS" : "HTTP",
    ...(port !== (protocol === "HTTPS" ? 443 : 80) && { port }),
    defaultAction: { fixedResponse: 404 },
    rules: rulesOf(route, forwarder, groups, route.tell, origins).filter(
      (rule) => protocol === "HTTPS" || speaksHttp1(rule, groups, origins),
    ),
  };
  const without = "the service has no such listener";
  origins.set(listener, { tell: route.tell, field: "spec.parentRefs", without });
  return listener;
}

/** https://docs.aws.amazon.com/vpc-lattice/latest/ug/target-groups.html: groups of HTTP/2 are behind HTTPS listeners only. */
function speaksHttp1(rule: WrittenRule, groups: Groups, origins: Origins): boolean {
  const other = groupsOf(rule.action).find((name) => groups.made.get(name)?.protocolVersion === "HTTP2");
  const origin = origins.get(rule);
  if (other !== undefined)
    origin?.tell.skipped(
      origin.field,
      `${other} speaks HTTP/2, which Lattice carries over HTTPS only`,
      origin.without,
    );
  return other === undefined;
}

/** Whether Lattice can serve a route on a section, which is told where it cannot. */
function hears(
  { name, protocol, tls, certificate }: Section,
  { tell }: Read<RouteSpec>,
  grpc: boolean,
): boolean {
  const without = `the service has no listener ${name}`;
  const field = "spec.parentRefs";
  if (protocol !== "HTTP" && protocol !== "HTTPS") {
    tell.skipped(
      field,
      `the Gateway's listener ${name} is for ${protocol}; Lattice's are for HTTP and HTTPS`,
      without,
    );
    return false;
  }
  if (tls?.mode === "Passthrough") {
    tell.skipped(
      field,
      `the Gateway's listener ${name} passes TLS through, which the document does not have`,
      without,
    );
    return false;
  }
  if (grpc && protocol === "HTTP") {
    tell.skipped(
      field,
      `the Gateway's listener ${name} is for HTTP; Lattice carries gRPC over HTTPS only`,
      without,
    );
    return false;
  }
  if (tls?.certificateRefs !== undefined && certificate === undefined && protocol === "HTTPS")
    tell.skipped(
      "spec.parentRefs",
      `the certificates of the listener ${name} are Secrets; Lattice takes them from ACM`,
      "Lattice's own certificate",
    );
  return true;
}

/** A service has one name of its own; the certificate is that of the first section which has one. */
function domainOf(
  { spec, tell }: Read<RouteSpec>,
  sections: readonly Section[],
  origins: Origins,
): { domain?: NonNullable<WrittenService["domain"]> } {
  const [first, ...others] = spec.hostnames;
  const certificate = sections.find((section) => section.certificate !== undefined)?.certificate;
  if (first === undefined) {
    if (certificate !== undefined)
      tell.skipped(
        "spec.hostnames",
        "a certificate serves a custom name, and the route has none",
        "no certificate",
      );
    return {};
  }
  for (const [index, host] of others.entries())
    tell.skipped(
      `spec.hostnames[${index + 1}]`,
      `a service has one custom name: ${first}`,
      `${host} is left out`,
    );
  const domain = { name: first, ...(certificate !== undefined && { certificate }) };
  const without = "the service has only the name that Lattice gives it";
  origins.set(domain, { tell, field: "spec.hostnames[0]", without });
  return { domain };
}

import { type AccessRequest, explain, explanationText, type NamedPolicy } from "@espalier/policy";
import type { Platform } from "../../platform.ts";
import { authContext } from "./admission/auth-context.ts";
import type { IdentitySource } from "./admission/authenticate.ts";
import { authorise, type Identity, principalOf } from "./admission/authorise.ts";
import { findService, type Place } from "./routing/find-service.ts";
import { matchRule } from "./routing/match-rule.ts";
import { type RequestTarget, requestTarget } from "./routing/request-target.ts";
import type { RoutedAction, Routing } from "./routing/routing.ts";

/** A request that somebody asks about; header names in lower case. */
export interface AskedRequest {
  readonly vpcId: string;
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Who signs it; absent: nobody. */
  readonly accessKeyId: string | undefined;
}

/** What Lattice would do with a request and why, without doing it: what a policy lacks, which rule it is, and where that leads. */
export type RequestExplained = { readonly found: false; readonly why: string } | FoundRequest;

interface FoundRequest {
  readonly found: true;
  readonly serviceArn: string;
  readonly serviceNetworkArn: string;
  readonly listenerId: string;
  readonly authorisation: Authorisation;
  /** The rule that matches, whether the request may pass or not. */
  readonly rule: { readonly id: string; readonly name: string; readonly priority: number } | undefined;
  readonly action: object | undefined;
}

/** A layer that decides nothing, because it guards nothing or nobody signed, is null. */
interface Authorisation {
  readonly allowed: boolean;
  readonly deniedBy: string | null;
  readonly message: string | null;
  readonly identity: string | null;
  readonly network: string | null;
  readonly service: string | null;
}

interface Parts {
  readonly platform: Pick<Platform, "clock">;
  readonly routing: () => Routing;
  readonly identityOf: IdentitySource;
}

export function explainRequest(
  { routing, identityOf, platform }: Parts,
  asked: AskedRequest,
): RequestExplained {
  const { vpcId, url, method, headers, accessKeyId } = asked;
  const source = routing().vpcs.get(vpcId);
  if (source === undefined) return missing(`${vpcId} is associated with no service network`);
  const encrypted = url.protocol === "https:";
  const target = requestTarget(`${url.pathname}${url.search}`, url.host, encrypted);
  if (target === undefined) return missing(`${url.host} is no host that a request can name`);
  const protocol = encrypted ? "HTTPS" : "HTTP";
  const place = findService(source, target, protocol);
  if (place === undefined) {
    const network = source.network.arn;
    return source.network.services.has(target.host)
      ? missing(`${target.host} has no listener of ${protocol} at port ${target.port}`)
      : missing(`no active service of ${network} is called ${target.host}`);
  }
  const identity = accessKeyId === undefined ? undefined : identityOf(accessKeyId);
  if (accessKeyId !== undefined && identity === undefined)
    return missing(`nobody has the access key ${accessKeyId}`);
  const rule = matchRule(place.listener.rules, { method, path: target.path, headers });
  return {
    found: true,
    serviceArn: place.service.arn,
    serviceNetworkArn: place.network.arn,
    listenerId: place.listener.id,
    authorisation: authorisation(place, target, asked, { identity, at: platform.clock.now() }),
    rule: rule?.rule,
    action: rule && shown(rule.action),
  };
}

function authorisation(
  place: Place,
  target: RequestTarget,
  { method, headers }: AskedRequest,
  { identity, at }: { readonly identity: Identity | undefined; readonly at: number },
): Authorisation {
  const { network, service } = place;
  const question = {
    action: "vpc-lattice-svcs:Invoke",
    resource: `${service.arn}${target.path}`,
    context: authContext(place, {
      ...{ target, method, headers, identity, at, clientAddress: "127.0.0.1" },
      encrypted: place.listener.protocol === "HTTPS",
    }),
  } as const;
  const verdict = authorise({ ...question, identity, network: network.guard, service: service.guard });
  const request: AccessRequest = { ...question, principal: principalOf(identity?.caller) };
  const why = (policies: readonly NamedPolicy[] | undefined) =>
    policies === undefined ? null : explanationText(explain(policies, request));
  const guarded = network.guard !== undefined || service.guard !== undefined;
  return {
    allowed: verdict.allowed,
    deniedBy: verdict.allowed ? null : verdict.reason,
    message: verdict.allowed ? null : verdict.message,
    // The root may do everything in its account.
    identity: guarded && identity?.caller.type !== "root" ? why(identity?.policies) : null,
    network: why(network.guard?.policies),
    service: why(service.guard?.policies),
  };
}

function shown(action: RoutedAction): object {
  if (action.type === "fixed-response") return { fixedResponse: { statusCode: action.status } };
  const all = action.weights.reduce((sum, weight) => sum + weight, 0);
  return {
    forward: action.groups.map(({ id, name }, index) => {
      const weight = action.weights[index] ?? 0;
      return { targetGroupId: id, name, weight, share: all === 0 ? 0 : weight / all };
    }),
  };
}

const missing = (why: string): RequestExplained => ({ found: false, why });

import type { AccessRequest } from "../access-request.ts";
import type { NamedPolicy } from "../evaluate.ts";
import { type Explanation, explain } from "../explain.ts";
import type { Caller } from "./caller.ts";
import type { Guard, GuardedService } from "./premises.ts";
import type { Way } from "./way.ts";

/** Each of them has to allow a call: the caller's own policies, the network's and the service's. */
export type LayerName = "identity" | "network" | "service";

/** What one layer says. `passed`: it need not be asked, or cannot be seen and is taken to allow; `why` says which. */
export interface Layer {
  readonly layer: LayerName;
  /** What its policies are called: `the auth policy of network shop`. */
  readonly called: string;
  readonly says:
    | ({ readonly type: "explained" } & Explanation)
    | { readonly type: "passed"; readonly why: string; readonly assumed: boolean };
}

export interface Judgement {
  readonly allowed: boolean;
  readonly layers: readonly Layer[];
}

/**
 * Whether Lattice lets a call through, with reasons: where network and service are both open nobody is asked; else an explicit
 * deny anywhere wins, and each layer must allow.
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html#auth-policies-evaluation-flow
 */
export function judge(
  caller: Caller,
  service: GuardedService,
  { network }: Pick<Way, "network">,
  request: AccessRequest,
): Judgement {
  const open = network.guard.type === "open" && service.guard.type === "open";
  const layers = [
    ...(open
      ? [passed("identity", `the policies of ${caller.name}`, "neither network nor service asks who calls")]
      : identityLayers(caller, request)),
    guardLayer("network", `network ${network.name}`, network.guard, request),
    guardLayer("service", `service ${service.name}`, service.guard, request),
  ];
  return { allowed: layers.every(allows), layers };
}

/** Whether a layer does not stand in the way. */
export function allows({ says }: Layer): boolean {
  return says.type === "passed" || says.decision.effect === "allow";
}

function identityLayers({ name, identity, principal }: Caller, request: AccessRequest): Layer[] {
  const called = `the policies of ${name}`;
  if (request.principal.type === "anonymous" && principal.type !== "anonymous")
    return [passed("identity", called, "TLS that is passed through does not show who calls")];
  switch (identity.type) {
    case "none":
      return [passed("identity", called, identity.why)];
    case "unknown":
      return [passed("identity", called, identity.why, true)];
    case "policies":
      return [explained("identity", called, identity.policies, request), ...boundaryLayer(name, identity)];
  }
}

function boundaryLayer(name: string, { boundary }: { readonly boundary?: string }): Layer[] {
  if (boundary === undefined) return [];
  const called = `the permissions boundary of ${name}`;
  return [passed("identity", called, `${called}, ${boundary}, is not looked at`, true)];
}

function guardLayer(layer: LayerName, owner: string, guard: Guard, request: AccessRequest): Layer {
  const called = `the auth policy of ${owner}`;
  switch (guard.type) {
    case "open":
      return passed(layer, called, `the auth type of ${owner} is NONE`);
    case "unknown":
      return passed(layer, called, guard.why, true);
    case "policy":
      return explained(layer, called, policiesOf(called, guard), request);
  }
}

/** The policies of a guard under the name they have in a decision. */
export function policiesOf(called: string, guard: Guard): NamedPolicy[] {
  return guard.type === "policy" && guard.document ? [{ name: called, document: guard.document }] : [];
}

const explained = (
  layer: LayerName,
  called: string,
  policies: readonly NamedPolicy[],
  request: AccessRequest,
): Layer => ({ layer, called, says: { type: "explained", ...explain(policies, request) } });

const passed = (layer: LayerName, called: string, why: string, assumed = false): Layer => ({
  layer,
  called,
  says: { type: "passed", why, assumed },
});

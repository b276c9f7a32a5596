import {
  type AccessRequest,
  type Decision,
  evaluate,
  type NamedPolicy,
  type Principal,
} from "@espalier/policy";
import type { Caller } from "../../../platform.ts";
import type { Guard } from "../routing/routing.ts";

/** A caller that a signature has named, with the policies of its identity. */
export interface Identity {
  readonly caller: Caller;
  readonly policies: readonly NamedPolicy[];
  /** The id of the organisation that its account belongs to. */
  readonly organization?: string | undefined;
  /** Of its role and session. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** What is asked, by whom. */
export interface Question {
  /** Absent: anonymous. */
  readonly identity: Identity | undefined;
  /** Connect is what TLS connections do that are passed through. */
  readonly action: "vpc-lattice-svcs:Invoke" | "vpc-lattice-svcs:Connect";
  readonly network: Guard | undefined;
  readonly service: Guard | undefined;
  /** The ARN of the service with the path. */
  readonly resource: string;
  readonly context: AccessRequest["context"];
}

/** `reason` is the authDeniedReason of the access log. */
export type Verdict =
  | { readonly allowed: true }
  | {
      readonly allowed: false;
      readonly reason: "Identity" | "Network" | "Service";
      readonly message: string;
    };

/**
 * Whether a request may go to the service: an explicit deny anywhere wins, else the caller's identity policies, the network's
 * policy and the service's must each allow it, the latter two only where they guard.
 * See https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html
 */
export function authorise({ identity, action, network, service, resource, context }: Question): Verdict {
  if (network === undefined && service === undefined) return { allowed: true };
  const principal = principalOf(identity?.caller);
  const request: AccessRequest = { principal, action, resource, context };
  const decisions = [
    { reason: "Identity", decision: identityDecision(identity, request) },
    { reason: "Network", decision: guardDecision(network, request) },
    { reason: "Service", decision: guardDecision(service, request) },
  ] as const;
  const refused =
    decisions.find(({ decision }) => decision.effect === "deny") ??
    decisions.find(({ decision }) => decision.effect === "none");
  if (refused === undefined) return { allowed: true };
  const { reason, decision } = refused;
  return { allowed: false, reason, message: denial(identity, { action, resource }, reason, decision) };
}

const allow: Decision = { effect: "allow" };

function identityDecision(identity: Identity | undefined, request: AccessRequest): Decision {
  if (identity === undefined || identity.caller.type === "root") return allow;
  return evaluate(identity.policies, request);
}

function guardDecision(guard: Guard | undefined, request: AccessRequest): Decision {
  return guard === undefined ? allow : evaluate(guard.policies, request);
}

/** A caller as policies see it. */
export function principalOf(caller: Caller | undefined): Principal {
  if (caller === undefined) return { type: "anonymous" };
  if (caller.type === "service") return { type: "service", service: caller.arn };
  const { arn, account } = caller;
  return { type: "aws", arn, account, ...(caller.type === "role" && { roleArn: caller.roleArn }) };
}

/** The text that Lattice's 403 carries. */
function denial(
  identity: Identity | undefined,
  { action, resource }: Pick<Question, "action" | "resource">,
  reason: "Identity" | "Network" | "Service",
  { effect }: Decision,
): string {
  const user = identity?.caller.arn ?? "anonymous";
  const kind = `${reason.toLowerCase()}-based policy`;
  const why =
    effect === "deny"
      ? `with an explicit deny in ${reason === "Identity" ? "an" : "a"} ${kind}`
      : `because no ${kind} allows the ${action} action`;
  return `AccessDeniedException: User: ${user} is not authorized to perform: ${action} on resource: ${resource} ${why}`;
}

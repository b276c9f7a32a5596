import type { Statement } from "@espalier/policy";
import { type Held, policiesIn } from "../document/check-policies.ts";
import type { TopologyDocument } from "../document/document.ts";
import { grantedPolicy } from "../granted-policy.ts";
import type { Warning } from "../plan/warning.ts";
import { resolveReferences } from "../references.ts";
import { globsMeet } from "./globs-meet.ts";
import { neverHolds } from "./never-holds.ts";

/**
 * Policies and statements that can never apply to a call of Lattice. A Deny among them has to be confirmed: whoever wrote
 * it counts on it. What the resources of a service's policy say of others is told elsewhere, with what was meant.
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html
 */
export function idleStatements(document: TopologyDocument): Warning[] {
  return policiesIn(document).flatMap((held) => {
    const address = `${held.holder.kind}s.${held.holder.name}.policy`;
    if (held.authType === "NONE")
      return [
        {
          address,
          sentence:
            "is kept and not looked at while authType is NONE: everybody may call; write authType: AWS_IAM",
          confirm: true,
        },
      ];
    return listOf(grantedPolicy(held.policy, held.holder).Statement).flatMap((statement, index) => {
      const why = neverApplies(document, held, statement);
      if (why === undefined) return [];
      const name = statement.Sid === undefined ? "" : ` (${statement.Sid})`;
      return [
        {
          address,
          sentence: `Statement[${index}]${name} can never apply: ${why}`,
          confirm: statement.Effect === "Deny",
        },
      ];
    });
  });
}

function neverApplies(document: TopologyDocument, held: Held, statement: Statement): string | undefined {
  return (
    neverForAction(statement) ??
    neverForPrincipal(statement) ??
    (held.holder.kind === "network" ? neverForResource(document, held.holder.name, statement) : undefined) ??
    neverHolds(held.holder, statement.Condition ?? {})
  );
}

function neverForAction({ Action }: Statement): string | undefined {
  if (Action === undefined) return undefined;
  const actions = ["vpc-lattice-svcs:invoke", "vpc-lattice-svcs:connect"];
  const hits = listOf(Action).some((pattern) =>
    actions.some((action) => globsMeet(pattern.toLowerCase(), action)),
  );
  return hits
    ? undefined
    : `a call of a service is vpc-lattice-svcs:Invoke, and its Action is ${listOf(Action).join(", ")}`;
}

function neverForPrincipal({ Principal, NotPrincipal }: Statement): string | undefined {
  if (Principal === undefined)
    return NotPrincipal === undefined ? 'it has no Principal; "*" stands for everybody' : undefined;
  if (Principal === "*") return undefined;
  const names = listOf(Principal.AWS ?? []);
  if (names.length === 0)
    return "callers are principals of AWS or nobody in particular, and its Principal has no AWS";
  const possible = names.some(
    (name) =>
      name === "*" ||
      /^\d{12}$/.test(name) ||
      /^A[A-Z0-9]{15,}$/.test(name) ||
      /^\$\{/.test(name) ||
      /^arn:[^:]+:(iam|sts)::\d{12}:[^*?]+$/.test(name),
  );
  return possible
    ? undefined
    : `no caller is ${names.join(", ")}; a Principal is an account, or the ARN of a role or user without wildcards`;
}

/** A call's resource is the ARN of a service, and the path behind it. */
function neverForResource(
  { services, networks }: TopologyDocument,
  network: string,
  { Resource }: Statement,
): string | undefined {
  if (Resource === undefined) return undefined;
  const reasons = listOf(Resource).map((resource) => {
    const [, name] = /^\$\{service:([^}]+?)\.arn\}/.exec(resource) ?? [];
    if (name !== undefined && !services[name]?.networks.includes(network))
      return `the service ${name} is not in the network ${network}`;
    const pattern = resolveReferences(resource, ({ kind, name: referred }) =>
      kind === "service"
        ? `arn:aws:vpc-lattice:us-east-1:123456789012:service/svc-${referred}`
        : `arn:aws:vpc-lattice:us-east-1:123456789012:servicenetwork/${networks[referred] ? referred : ""}`,
    );
    return mayBeCalled(pattern)
      ? undefined
      : `a call's resource is a service's ARN and a path, as in \${service:NAME.arn}/*, and its Resource is ${resource}`;
  });
  return reasons.every((reason) => reason !== undefined) ? reasons[0] : undefined;
}

/** Part by part where it has the parts of an ARN: what a `*` stands for does not reach into the next. */
function mayBeCalled(pattern: string): boolean {
  const parts = pattern.split(":");
  const resource = parts.splice(5).join(":");
  if (resource === "") return globsMeet(pattern, "arn:*:vpc-lattice:*:*:service/svc-*/*");
  const called = ["arn", "*", "vpc-lattice", "*", "*"];
  return (
    parts.every((part, at) => globsMeet(part, called[at] ?? "")) && globsMeet(resource, "service/svc-*/*")
  );
}

const listOf = <One>(value: One | readonly One[]): readonly One[] =>
  Array.isArray(value) ? value : [value as One];

import { readPolicy } from "@espalier/policy";
import { type Attached, only } from "./attached.ts";
import type { Read } from "./cluster.ts";
import type { Origins } from "./draft.ts";
import type { IamAuthPolicySpec } from "./policies.ts";

/** An attached policy asks for AWS_IAM; where it cannot be read, nobody is let in rather than everybody. */
export function authOf(
  policies: Attached<IamAuthPolicySpec>,
  targets: readonly string[],
  origins: Origins,
): { authType?: "AWS_IAM"; policy?: object } {
  const [policy, ...others] = targets.flatMap((target) => only(policies, target) ?? []);
  for (const { tell } of others)
    tell.skipped(
      "spec.targetRef",
      "Gateways of one name are one network, which has a policy already",
      "left out",
    );
  if (policy === undefined) return {};
  const written = parsed(policy);
  if (written === undefined) return { authType: "AWS_IAM" };
  origins.set(written, { tell: policy.tell, field: "spec.policy", without: closed });
  return { authType: "AWS_IAM", policy: written };
}

const closed = "AWS_IAM without a policy: nobody is let in";

function parsed({ spec, tell }: Read<IamAuthPolicySpec>): object | undefined {
  try {
    const written: unknown = JSON.parse(spec.policy);
    readPolicy(written);
    return written as object;
  } catch (error) {
    tell.skipped("spec.policy", (error as Error).message, closed);
    return undefined;
  }
}

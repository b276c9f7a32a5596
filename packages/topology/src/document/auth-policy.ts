import { type PolicyDocument, PolicyError, readPolicy } from "@espalier/policy";
import * as z from "zod";
import { WrittenGrant } from "./grant.ts";

/** A policy in short: what is not allowed is not possible, and what is denied is not possible even where it is allowed. */
export const Grants = z
  .strictObject({
    allow: z.array(WrittenGrant, { error: "allow is a list of grants" }).default([]),
    deny: z.array(WrittenGrant, { error: "deny is a list of grants" }).default([]),
  })
  .refine(({ allow, deny }) => allow.length + deny.length > 0, { error: "a policy has a grant at least" });
export type Grants = z.infer<typeof Grants>;

/**
 * An auth policy: short grants, or a policy as IAM's JSON has it. Resources may refer to what the topology makes,
 * `${service:inventory.arn}/stock`, and principals to roles of the account, `${role:order.arn}`.
 */
export const AuthPolicy = z.unknown().transform((value, context): Grants | PolicyDocument => {
  if (isGrants(value)) {
    const parsed = Grants.safeParse(value, { reportInput: true });
    if (parsed.success) return parsed.data;
    for (const { path, message, input } of parsed.error.issues)
      context.issues.push({ code: "custom", path, message, input });
    return z.NEVER;
  }
  try {
    return readPolicy(value);
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    context.addIssue({ code: "custom", message: error.message, params: { told: true } });
    return z.NEVER;
  }
});
export type AuthPolicy = z.infer<typeof AuthPolicy>;

const isGrants = (value: unknown): boolean =>
  typeof value === "object" && value !== null && ("allow" in value || "deny" in value);

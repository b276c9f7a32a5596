import * as z from "zod";
import { conditionOperator } from "./conditions/condition-operator.ts";
import { listOf, shown } from "./one-or-many.ts";

const Texts = z.union([
  z.string().min(1, "is empty"),
  z.array(z.string().min(1, "is empty")).min(1, "is empty").readonly(),
]);

const ConditionValue = z.union([z.string(), z.number(), z.boolean()]);

const Principals = z.union([
  z.literal("*"),
  z.strictObject({
    AWS: Texts.optional(),
    Service: Texts.optional(),
    Federated: Texts.optional(),
    CanonicalUser: Texts.optional(),
  }),
]);

/** Operator to key to the values any of which will do. */
const Condition = z
  .record(z.string(), z.record(z.string(), z.union([ConditionValue, z.array(ConditionValue).readonly()])))
  .superRefine((condition, check) => {
    for (const [name, keys] of Object.entries(condition)) {
      const operator = conditionOperator(name);
      if (operator === undefined) {
        check.addIssue({ code: "custom", path: [name], message: "is not a condition operator of IAM" });
        continue;
      }
      for (const [key, values] of Object.entries(keys)) {
        const bad = listOf(values).find((value) => !operator.accepts(String(value)));
        if (bad === undefined) continue;
        check.addIssue({
          code: "custom",
          path: [name, key],
          message: `is ${shown(bad)}; ${name} takes ${operator.takes}`,
        });
      }
    }
  });

/** One statement. Only a statement with a Principal, in the policy of a resource or a role's trust policy, may do without Resource. */
export const Statement = z
  .strictObject({
    Sid: z.string().optional(),
    Effect: z.enum(["Allow", "Deny"]),
    Principal: Principals.optional(),
    NotPrincipal: Principals.optional(),
    Action: Texts.optional(),
    NotAction: Texts.optional(),
    Resource: Texts.optional(),
    NotResource: Texts.optional(),
    Condition: Condition.optional(),
  })
  .superRefine((statement, check) => {
    const complain = (message: string) => check.addIssue({ code: "custom", message });
    const given = (name: keyof typeof statement) => statement[name] !== undefined;
    if (given("Action") === given("NotAction")) complain("needs one of Action and NotAction");
    if (given("Resource") && given("NotResource")) complain("has both Resource and NotResource");
    if (given("Principal") && given("NotPrincipal")) complain("has both Principal and NotPrincipal");
    const aboutPrincipals = given("Principal") || given("NotPrincipal");
    if (!aboutPrincipals && !given("Resource") && !given("NotResource")) {
      complain("needs one of Resource and NotResource, or a Principal");
    }
  });
export type Statement = z.infer<typeof Statement>;

/**
 * A policy as IAM's JSON has it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
export const PolicyDocument = z.strictObject({
  Version: z.enum(["2012-10-17", "2008-10-17"]).optional(),
  Id: z.string().optional(),
  Statement: z.union([Statement, z.array(Statement).min(1, "is empty").readonly()]),
});
export type PolicyDocument = z.infer<typeof PolicyDocument>;

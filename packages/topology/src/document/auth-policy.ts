import { type PolicyDocument, PolicyError, readPolicy } from "@espalier/policy";
import * as z from "zod";

/** An auth policy as IAM's JSON has it. Resources may refer to what the topology makes: `${service:inventory.arn}/stock`. */
export const AuthPolicy = z.unknown().transform((value, context): PolicyDocument => {
  try {
    return readPolicy(value);
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    context.addIssue({ code: "custom", message: error.message, params: { told: true } });
    return z.NEVER;
  }
});

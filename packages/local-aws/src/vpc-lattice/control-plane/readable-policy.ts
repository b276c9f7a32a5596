import { PolicyError, parsePolicy } from "@espalier/policy";
import { invalid } from "./errors.ts";

/** The policy as it was sent. Throws ValidationException where IAM's language has no such policy. */
export function readablePolicy(policy: string): string {
  try {
    parsePolicy(policy);
    return policy;
  } catch (error) {
    if (error instanceof PolicyError) throw invalid({ name: "policy", message: error.message });
    throw error;
  }
}

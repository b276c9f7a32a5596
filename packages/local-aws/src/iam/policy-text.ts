import { type PolicyDocument, PolicyError, parsePolicy } from "@espalier/policy";
import { AwsError } from "../aws-error.ts";

/** A policy as IAM shows it: its JSON, percent-encoded. */
export const encoded = (document: PolicyDocument): string => encodeURIComponent(JSON.stringify(document));

/** A policy as IAM is given it. Throws MalformedPolicyDocumentException. */
export function parsed(text: string): PolicyDocument {
  try {
    return parsePolicy(text);
  } catch (cause) {
    if (!(cause instanceof PolicyError)) throw cause;
    throw new AwsError("MalformedPolicyDocumentException", cause.message, 400, {}, { cause });
  }
}

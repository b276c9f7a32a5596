import type { AccessRequest, Principal } from "./access-request.ts";
import { listOf } from "./one-or-many.ts";
import type { Lookup } from "./template.ts";

/** The values of a condition key in a request; undefined where the request does not have it. */
export type RequestContext = (key: string) => readonly string[] | undefined;

/**
 * The condition keys of a request, looked up without case: those given, and those that follow from the principal.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function requestContext({ context, principal }: AccessRequest): RequestContext {
  let folded: Map<string, readonly string[]> | undefined;
  return (key) => {
    // Policies mostly spell keys as they are given; only for others is it worth to fold them all.
    const given = Object.hasOwn(context, key) ? context[key] : undefined;
    if (given !== undefined) return listOf(given);
    folded ??= new Map(
      Object.entries({ ...principalKeys(principal), ...context }).map(([name, value]) => [
        name.toLowerCase(),
        listOf(value),
      ]),
    );
    return folded.get(key.toLowerCase());
  };
}

/** What `${key}` stands for: a key with several values stands for nothing. */
export function variablesOf(context: RequestContext): Lookup {
  return (key) => {
    const values = context(key);
    return values?.length === 1 ? values[0] : undefined;
  };
}

function principalKeys(principal: Principal): Record<string, string> {
  switch (principal.type) {
    case "anonymous":
      return { "aws:PrincipalType": "Anonymous", "aws:PrincipalIsAWSService": "false" };
    case "service":
      return { "aws:PrincipalServiceName": principal.service, "aws:PrincipalIsAWSService": "true" };
    case "aws":
      return {
        "aws:PrincipalType": principalType(principal),
        "aws:PrincipalArn": principal.roleArn ?? principal.arn,
        "aws:PrincipalAccount": principal.account,
        "aws:PrincipalIsAWSService": "false",
      };
  }
}

function principalType({ arn, roleArn }: Extract<Principal, { type: "aws" }>): string {
  if (roleArn !== undefined) return "AssumedRole";
  return arn.endsWith(":root") ? "Account" : "User";
}

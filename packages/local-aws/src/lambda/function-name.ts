import { AwsError } from "../aws-error.ts";

/** Where functions live. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

export function functionArn(name: string, { account, region }: Place): string {
  return `arn:aws:lambda:${region}:${account}:function:${name}`;
}

/**
 * The name in any form that Lambda takes: name, partial ARN or ARN, with or without `$LATEST`, the only version there is
 * here. Throws ResourceNotFoundException for another version or account.
 */
export function functionName(identifier: string, place: Place, qualifier?: string): string {
  const form =
    /^(?:arn:[^:]+:lambda:([^:]+):)?(?:(\d{12}):)?(?:function:)?([A-Za-z0-9_-]+)(?::([$A-Za-z0-9_-]+))?$/;
  const [, region = place.region, account = place.account, name, version] = form.exec(identifier) ?? [];
  const elsewhere = region !== place.region || account !== place.account;
  const wanted = qualifier ?? version ?? "$LATEST";
  if (name === undefined || elsewhere || wanted !== "$LATEST")
    throw functionNotFound(identifier, place, wanted);
  return name;
}

export function functionNotFound(identifier: string, place: Place, version = "$LATEST"): AwsError {
  const arn = identifier.startsWith("arn:") ? identifier : functionArn(identifier, place);
  const suffix = version === "$LATEST" || arn.endsWith(`:${version}`) ? "" : `:${version}`;
  return new AwsError("ResourceNotFoundException", `Function not found: ${arn}${suffix}`, 404, {
    Type: "User",
  });
}

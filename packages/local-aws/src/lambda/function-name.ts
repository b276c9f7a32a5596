import { AwsError } from "../aws-error.ts";

/** Where functions live. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

export function functionArn(name: string, { account, region }: Place): string {
  return `arn:aws:lambda:${region}:${account}:function:${name}`;
}

/** The name of a function as it is deployed here: `order`, or `order:7` for one of its versions or aliases. */
export const qualifiedName = (name: string, version = "$LATEST"): string =>
  version === "$LATEST" ? name : `${name}:${version}`;

/**
 * The qualified name in any form that Lambda takes: name, partial ARN or ARN, with or without a version or alias. Throws
 * ResourceNotFoundException for another account.
 */
export function functionName(identifier: string, place: Place, qualifier?: string): string {
  const form =
    /^(?:arn:[^:]+:lambda:([^:]+):)?(?:(\d{12}):)?(?:function:)?([A-Za-z0-9_-]+)(?::([$A-Za-z0-9_-]+))?$/;
  const [, region = place.region, account = place.account, name, version] = form.exec(identifier) ?? [];
  const elsewhere = region !== place.region || account !== place.account;
  const wanted = qualifier ?? version;
  if (name === undefined || elsewhere) throw functionNotFound(identifier, place, wanted);
  return qualifiedName(name, wanted);
}

export function functionNotFound(identifier: string, place: Place, version = "$LATEST"): AwsError {
  const arn = identifier.startsWith("arn:") ? identifier : functionArn(identifier, place);
  const suffix = version === "$LATEST" || arn.endsWith(`:${version}`) ? "" : `:${version}`;
  return new AwsError("ResourceNotFoundException", `Function not found: ${arn}${suffix}`, 404, {
    Type: "User",
  });
}

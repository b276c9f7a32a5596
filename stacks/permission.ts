/** What a role may do, in the words that `sst.aws.Function` takes too. */
export interface Permission {
  readonly actions: string[];
  readonly resources: $util.Input<string>[];
  /** All of them must hold. */
  readonly conditions?: Condition[];
}

/** `StringEquals` of a condition key and some values, one of which must be it. */
export interface Condition {
  readonly test: string;
  readonly variable: string;
  readonly values: string[];
}

/** Becoming one of these roles, if there are any. */
export const assumes = (roles: readonly $util.Input<string>[]): Permission[] =>
  roles.length === 0 ? [] : [{ actions: ["sts:AssumeRole"], resources: [...roles] }];

/** A policy document that allows these and nothing else. */
export function policy(permissions: readonly Permission[]): $util.Output<string> {
  return $jsonStringify({
    Version: "2012-10-17",
    Statement: permissions.map(({ actions, resources, conditions = [] }) => ({
      Effect: "Allow",
      Action: actions,
      Resource: resources,
      ...(conditions.length > 0 && { Condition: conditionBlock(conditions) }),
    })),
  });
}

/** A second condition with the same test joins the first one, rather than taking its place. */
function conditionBlock(conditions: readonly Condition[]): Record<string, Record<string, string[]>> {
  const block: Record<string, Record<string, string[]>> = {};
  for (const { test, variable, values } of conditions) block[test] = { ...block[test], [variable]: values };
  return block;
}

/** A trust policy that lets one AWS service assume a role, and nobody else. */
export function trusts(service: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  });
}

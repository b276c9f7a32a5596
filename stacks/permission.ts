/** What a role may do, in the words that `sst.aws.Function` takes too. */
export interface Permission {
  readonly actions: string[];
  readonly resources: $util.Input<string>[];
}

/** A policy document that allows these and nothing else. */
export function policy(permissions: readonly Permission[]): $util.Output<string> {
  return $jsonStringify({
    Version: "2012-10-17",
    Statement: permissions.map(({ actions, resources }) => ({
      Effect: "Allow",
      Action: actions,
      Resource: resources,
    })),
  });
}

/** A trust policy that lets one AWS service assume a role, and nobody else. */
export function trusts(service: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  });
}

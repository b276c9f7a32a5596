/** An ARN in this account and region: `arn("vpc-lattice", "service/*")`. */
export function arn(service: string, resource: $util.Input<string>): $util.Output<string> {
  const { partition } = aws.getPartitionOutput();
  const { region } = aws.getRegionOutput();
  const { accountId } = aws.getCallerIdentityOutput();
  return $interpolate`arn:${partition}:${service}:${region}:${accountId}:${resource}`;
}

/** The same in this region and any account, for what others share with this one. */
export function anyones(service: string, resource: string): $util.Output<string> {
  const { partition } = aws.getPartitionOutput();
  const { region } = aws.getRegionOutput();
  return $interpolate`arn:${partition}:${service}:${region}:*:${resource}`;
}

/** An ARN in this account and region: `arn("vpc-lattice", "service/*")`. */
export function arn(service: string, resource: $util.Input<string>): $util.Output<string> {
  const { partition } = aws.getPartitionOutput();
  const { region } = aws.getRegionOutput();
  const { accountId } = aws.getCallerIdentityOutput();
  return $interpolate`arn:${partition}:${service}:${region}:${accountId}:${resource}`;
}

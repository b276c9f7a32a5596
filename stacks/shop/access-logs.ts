import { named } from "../names.ts";

/** Where Lattice logs each request of the shop's network; the ARN of a log group. */
export function accessLogs(): $util.Output<string> {
  // This prefix keeps the resource policy of logs from growing with each of them:
  // https://docs.aws.amazon.com/step-functions/latest/dg/bp-cwl.html
  const name = `/aws/vendedlogs/vpc-lattice/${named("shop")}`;
  return new aws.cloudwatch.LogGroup("ShopAccessLogs", { name, retentionInDays: 30 }).arn;
}

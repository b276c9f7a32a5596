const reference = "https://docs.aws.amazon.com/service-authorization/latest/reference";

/** Actions that take no resource in a policy, or tell less to whoever names one, so that `*` is all one can say, each with the page that says so. */
export const withoutResource: Readonly<Record<string, string>> = {
  "cloudwatch:DescribeAlarms":
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html",
  "cloudwatch:GetMetricData": `${reference}/list_amazoncloudwatch.html`,
  "cloudwatch:ListMetrics": `${reference}/list_amazoncloudwatch.html`,
  "ec2:DescribeInstances": `${reference}/list_amazonec2.html`,
  "ec2:DescribeNetworkInterfaces": `${reference}/list_amazonec2.html`,
  "ec2:DescribeSecurityGroups": `${reference}/list_amazonec2.html`,
  "ec2:DescribeSubnets": `${reference}/list_amazonec2.html`,
  "ec2:DescribeVpcs": `${reference}/list_amazonec2.html`,
  "ecr:GetAuthorizationToken": `${reference}/list_amazonelasticcontainerregistry.html`,
  "elasticloadbalancing:DescribeLoadBalancers": `${reference}/list_elasticloadbalancingv2.html`,
  "logs:CreateLogDelivery": `${reference}/list_amazoncloudwatchlogs.html`,
  "logs:DeleteLogDelivery": `${reference}/list_amazoncloudwatchlogs.html`,
  "logs:DescribeLogGroups": "https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html",
  "logs:DescribeResourcePolicies": `${reference}/list_amazoncloudwatchlogs.html`,
  "logs:GetLogDelivery": `${reference}/list_amazoncloudwatchlogs.html`,
  "logs:ListLogDeliveries": `${reference}/list_amazoncloudwatchlogs.html`,
  "logs:PutResourcePolicy": `${reference}/list_amazoncloudwatchlogs.html`,
  "logs:UpdateLogDelivery": `${reference}/list_amazoncloudwatchlogs.html`,
  "states:SendTaskSuccess": `${reference}/list_awsstepfunctions.html`,
  "vpc-lattice:ListListeners": `${reference}/list_vpc-lattice.html`,
  "vpc-lattice:ListRules": `${reference}/list_vpc-lattice.html`,
  "vpc-lattice:ListServiceNetworkServiceAssociations": `${reference}/list_vpc-lattice.html`,
  "vpc-lattice:ListServiceNetworkVpcAssociations": `${reference}/list_vpc-lattice.html`,
  "vpc-lattice:ListServiceNetworks": `${reference}/list_vpc-lattice.html`,
  "vpc-lattice:ListServices": `${reference}/list_vpc-lattice.html`,
  "vpc-lattice:ListTagsForResource": `${reference}/list_vpc-lattice.html`,
  "vpc-lattice:ListTargetGroups": `${reference}/list_vpc-lattice.html`,
};

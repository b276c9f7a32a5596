import { named } from "../../names.ts";
import type { PaymentAccount } from "./account.ts";

/** The port at which payment's instances end TLS. */
export const instancePort = 8443;

/** Payment's VPC, of the same addresses as the shop's: Lattice joins them all the same. It has no way to the internet. */
export interface PaymentNetwork {
  readonly vpc: aws.ec2.Vpc;
  /** One a zone. */
  readonly subnets: readonly aws.ec2.Subnet[];
  /** Of the instances: it admits Lattice and nobody else. */
  readonly group: aws.ec2.SecurityGroup;
}

export function paymentNetwork({ provider }: PaymentAccount): PaymentNetwork {
  const tags = { Name: named("payment") };
  const { region } = aws.getRegionOutput();
  const vpc = new aws.ec2.Vpc(
    "ShopPaymentVpc",
    { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true, enableDnsSupport: true, tags },
    { provider },
  );
  const routes = new aws.ec2.RouteTable("ShopPaymentRoutes", { vpcId: vpc.id, tags }, { provider });
  const zones = aws.getAvailabilityZonesOutput({ state: "available" }, { provider }).names;
  const subnets = [0, 1].map((zone) => {
    const name = `ShopPaymentSubnet${zone + 1}`;
    const subnet = new aws.ec2.Subnet(
      name,
      {
        vpcId: vpc.id,
        cidrBlock: `10.0.${zone}.0/24`,
        availabilityZone: zones.apply((names) => names[zone] as string),
        tags,
      },
      { provider },
    );
    new aws.ec2.RouteTableAssociation(
      `${name}Routes`,
      { subnetId: subnet.id, routeTableId: routes.id },
      { provider },
    );
    return subnet;
  });
  // Amazon Linux keeps its packages in S3.
  new aws.ec2.VpcEndpoint(
    "ShopPaymentStorage",
    {
      vpcId: vpc.id,
      serviceName: $interpolate`com.amazonaws.${region}.s3`,
      vpcEndpointType: "Gateway",
      routeTableIds: [routes.id],
      tags,
    },
    { provider },
  );
  return { vpc, subnets, group: securityGroup(vpc, provider) };
}

function securityGroup(vpc: aws.ec2.Vpc, provider: aws.Provider | undefined): aws.ec2.SecurityGroup {
  const { region } = aws.getRegionOutput();
  const prefixes = (service: string) =>
    aws.ec2.getManagedPrefixListOutput(
      { name: $interpolate`com.amazonaws.${region}.${service}` },
      { provider },
    ).id;
  const group = new aws.ec2.SecurityGroup(
    "ShopPayment",
    { vpcId: vpc.id, name: named("shop-payment"), description: "Shop: payment" },
    { provider },
  );
  const rule = (port: number, service: string) => ({
    securityGroupId: group.id,
    ipProtocol: "tcp",
    fromPort: port,
    toPort: port,
    prefixListId: prefixes(service),
  });
  for (const [name, service] of [
    ["ShopLatticeToPayment", "vpc-lattice"],
    ["ShopLattice6ToPayment", "ipv6.vpc-lattice"],
  ] as const)
    new aws.vpc.SecurityGroupIngressRule(name, rule(instancePort, service), { provider });
  new aws.vpc.SecurityGroupEgressRule("ShopPaymentToStorage", rule(443, "s3"), { provider });
  return group;
}

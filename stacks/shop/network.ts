import { named } from "../names.ts";
import { ipv6Subnet } from "./ipv6.ts";

/** The shop's VPC, with two subnets in each of two availability zones and no way to the internet. */
export interface Network {
  readonly vpc: aws.ec2.Vpc;
  /** For functions, containers and endpoints; one a zone. */
  readonly subnets: readonly aws.ec2.Subnet[];
  /** For load balancers alone, so that nothing else takes their fixed addresses; one a zone, of IPv4 and IPv6. */
  readonly balancerSubnets: readonly aws.ec2.Subnet[];
  readonly routes: aws.ec2.RouteTable;
}

type Blocks = Pick<aws.ec2.SubnetArgs, "cidrBlock" | "ipv6CidrBlock">;

/** The network of the shop. */
export function network(): Network {
  const vpc = new aws.ec2.Vpc("ShopVpc", {
    cidrBlock: "10.0.0.0/16",
    assignGeneratedIpv6CidrBlock: true,
    enableDnsHostnames: true,
    enableDnsSupport: true,
    tags: { Name: named("shop") },
  });
  const routes = new aws.ec2.RouteTable("ShopRoutes", { vpcId: vpc.id, tags: { Name: named("shop") } });
  const zones = aws.getAvailabilityZonesOutput({ state: "available" }).names;
  const subnet = (name: string, zone: number, blocks: Blocks) => {
    const made = new aws.ec2.Subnet(name, {
      ...blocks,
      vpcId: vpc.id,
      availabilityZone: zones.apply((names) => names[zone] as string),
      tags: { Name: named(name) },
    });
    new aws.ec2.RouteTableAssociation(`${name}Routes`, { subnetId: made.id, routeTableId: routes.id });
    return made;
  };
  return {
    vpc,
    routes,
    subnets: [0, 1].map((zone) => subnet(`ShopSubnet${zone + 1}`, zone, { cidrBlock: `10.0.${zone}.0/24` })),
    balancerSubnets: [0, 1].map((zone) =>
      subnet(`ShopBalancers${zone + 1}`, zone, {
        cidrBlock: `10.0.${zone + 10}.0/24`,
        ipv6CidrBlock: vpc.ipv6CidrBlock.apply((block) => ipv6Subnet(block, zone)),
      }),
    ),
  };
}

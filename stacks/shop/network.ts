import { named } from "../names.ts";

/** The shop's VPC, with two subnets in each of two availability zones and no way to the internet. */
export interface Network {
  readonly vpc: aws.ec2.Vpc;
  /** For functions, containers and endpoints; one a zone. */
  readonly subnets: readonly aws.ec2.Subnet[];
  /** For load balancers alone, so that nothing else takes their fixed addresses; one a zone. */
  readonly balancerSubnets: readonly aws.ec2.Subnet[];
  readonly routes: aws.ec2.RouteTable;
}

/** The network of the shop. */
export function network(): Network {
  const vpc = new aws.ec2.Vpc("ShopVpc", {
    cidrBlock: "10.0.0.0/16",
    enableDnsHostnames: true,
    enableDnsSupport: true,
    tags: { Name: named("shop") },
  });
  const routes = new aws.ec2.RouteTable("ShopRoutes", { vpcId: vpc.id, tags: { Name: named("shop") } });
  const zones = aws.getAvailabilityZonesOutput({ state: "available" }).names;
  const subnet = (name: string, zone: number, cidrBlock: string) => {
    const made = new aws.ec2.Subnet(name, {
      vpcId: vpc.id,
      cidrBlock,
      availabilityZone: zones.apply((names) => names[zone] as string),
      tags: { Name: named(name) },
    });
    new aws.ec2.RouteTableAssociation(`${name}Routes`, { subnetId: made.id, routeTableId: routes.id });
    return made;
  };
  return {
    vpc,
    routes,
    subnets: [0, 1].map((zone) => subnet(`ShopSubnet${zone + 1}`, zone, `10.0.${zone}.0/24`)),
    balancerSubnets: [0, 1].map((zone) => subnet(`ShopBalancers${zone + 1}`, zone, balancerCidr(zone))),
  };
}

/** The fixed addresses, one a zone, of the load balancer with this number (from 0 to 99). */
export function balancerAddresses(balancer: number): string[] {
  return [0, 1].map((zone) => `10.0.${zone + 10}.${balancer + 10}`);
}

function balancerCidr(zone: number): string {
  return `10.0.${zone + 10}.0/24`;
}

import { named } from "../names.ts";

/** Who may talk to whom in the shop's VPC. */
export interface SecurityGroups {
  /** Of the functions that call Lattice, order and run-hook, and the endpoints of AWS. */
  readonly order: aws.ec2.SecurityGroup;
  /** Of the association of the VPC with the service network: only order may enter. */
  readonly lattice: aws.ec2.SecurityGroup;
  /** Of the load balancers: they admit Lattice and nobody else. */
  readonly balancers: aws.ec2.SecurityGroup;
  /** Of the containers: they admit the load balancers and nobody else. */
  readonly containers: aws.ec2.SecurityGroup;
  readonly endpoints: aws.ec2.SecurityGroup;
}

type Rule = { port: number; group?: aws.ec2.SecurityGroup; prefixList?: $util.Input<string> };

/** The port on which the shop's containers listen. */
export const containerPort = 8080;

/** The security groups of the shop. Their rules are resources of their own because the groups name one another. */
export function securityGroups(vpc: aws.ec2.Vpc): SecurityGroups {
  const { region } = aws.getRegionOutput();
  const latticePrefixes = prefixList($interpolate`com.amazonaws.${region}.vpc-lattice`);
  const latticePrefixes6 = prefixList($interpolate`com.amazonaws.${region}.ipv6.vpc-lattice`);
  const storagePrefixes = prefixList($interpolate`com.amazonaws.${region}.s3`);
  const tablePrefixes = prefixList($interpolate`com.amazonaws.${region}.dynamodb`);
  const order = group(vpc, "Order");
  const lattice = group(vpc, "Lattice");
  const balancers = group(vpc, "Balancers");
  const containers = group(vpc, "Containers");
  const endpoints = group(vpc, "Endpoints");

  for (const [scheme, port] of [
    ["Http", 80],
    ["Https", 443],
  ] as const) {
    between(`OrderToLattice${scheme}`, { from: order, to: lattice, port });
    egress(`OrderToLatticePrefixes${scheme}`, order, { port, prefixList: latticePrefixes });
  }
  between("OrderToEndpoints", { from: order, to: endpoints, port: 443 });
  egress("OrderToTables", order, { port: 443, prefixList: tablePrefixes });
  ingress("LatticeToBalancers", balancers, { port: 80, prefixList: latticePrefixes });
  ingress("Lattice6ToBalancers", balancers, { port: 80, prefixList: latticePrefixes6 });
  between("BalancersToContainers", { from: balancers, to: containers, port: containerPort });
  between("ContainersToEndpoints", { from: containers, to: endpoints, port: 443 });
  egress("ContainersToStorage", containers, { port: 443, prefixList: storagePrefixes });
  return { order, lattice, balancers, containers, endpoints };
}

function group(vpc: aws.ec2.Vpc, name: string): aws.ec2.SecurityGroup {
  return new aws.ec2.SecurityGroup(`Shop${name}`, {
    vpcId: vpc.id,
    name: named(`shop-${name.toLowerCase()}`),
    description: `Shop: ${name.toLowerCase()}`,
  });
}

function between(
  name: string,
  { from, to, port }: { from: aws.ec2.SecurityGroup; to: aws.ec2.SecurityGroup; port: number },
): void {
  egress(`${name}Out`, from, { port, group: to });
  ingress(`${name}In`, to, { port, group: from });
}

function egress(name: string, of: aws.ec2.SecurityGroup, rule: Rule): void {
  new aws.vpc.SecurityGroupEgressRule(`Shop${name}`, { securityGroupId: of.id, ...peer(rule) });
}

function ingress(name: string, of: aws.ec2.SecurityGroup, rule: Rule): void {
  new aws.vpc.SecurityGroupIngressRule(`Shop${name}`, { securityGroupId: of.id, ...peer(rule) });
}

function peer({ port, group, prefixList }: Rule) {
  return {
    ipProtocol: "tcp",
    fromPort: port,
    toPort: port,
    referencedSecurityGroupId: group?.id,
    prefixListId: prefixList,
  };
}

function prefixList(name: $util.Input<string>): $util.Output<string> {
  return aws.ec2.getManagedPrefixListOutput({ name }).id;
}

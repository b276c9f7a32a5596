import { isDeepStrictEqual } from "node:util";
import type {
  CreateLoadBalancerInput,
  CreateLoadBalancerOutput,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { AwsError } from "../aws-error.ts";
import type { Ec2 } from "../ec2/ec2.ts";
import type { Operation, Platform } from "../platform.ts";
import type { Balancer, Balancers } from "./balancers.ts";
import { inSubnets } from "./in-subnets.ts";
import { invalid } from "./invalid.ts";

/** What the types of load balancers are called in ARNs. */
const inArns = { application: "app", gateway: "gwy", network: "net" } as const;

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html */
export function createLoadBalancer(
  { balancers }: Balancers,
  { account, region, hexId, clock }: Pick<Platform, "account" | "region" | "hexId" | "clock">,
  ec2: Pick<Ec2, "subnet">,
): Operation<CreateLoadBalancerInput, CreateLoadBalancerOutput> {
  const arnOf = ({ Name, Type = "application" }: CreateLoadBalancerInput, id: string) =>
    `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/${inArns[Type]}/${Name}/${id}`;
  return {
    permissions: (input) => [
      { action: "elasticloadbalancing:CreateLoadBalancer", resource: arnOf(input, "*") },
    ],
    run(input) {
      check(input);
      const { Name = "", Type = "application", Scheme = "internet-facing", SecurityGroups = [] } = input;
      const id = hexId(16);
      const settings = {
        ...{ LoadBalancerName: Name, Type, Scheme, SecurityGroups },
        IpAddressType: input.IpAddressType ?? "ipv4",
        ...inSubnets(ec2, subnetsOf(input)),
      };
      const known = balancers.values().find(({ LoadBalancerName }) => LoadBalancerName === Name);
      if (known !== undefined) return { LoadBalancers: [sameAs(known, settings)] };
      const made: Balancer = {
        LoadBalancerArn: arnOf(input, id),
        DNSName: `${Scheme === "internal" ? "internal-" : ""}${Name}-${id}.${region}.elb.amazonaws.com`,
        CreatedTime: new Date(clock.now()),
        State: { Code: "active" },
        ...settings,
      };
      balancers.set(made.LoadBalancerArn, made);
      return { LoadBalancers: [made] };
    },
  };
}

function subnetsOf({ Subnets, SubnetMappings }: CreateLoadBalancerInput): string[] {
  return Subnets ?? SubnetMappings?.map(({ SubnetId = "" }) => SubnetId) ?? [];
}

function check(input: CreateLoadBalancerInput): void {
  const { Name = "", Type, Tags = [] } = input;
  if (!/^(?!internal-)(?!-)[a-zA-Z0-9-]{1,32}(?<!-)$/.test(Name)) {
    const rule = "it has up to 32 letters, digits and hyphens, none first or last, and no internal- in front";
    throw invalid(`The load balancer name '${Name}' is not valid: ${rule}`);
  }
  const subnets = subnetsOf(input);
  if (Type !== "network" && new Set(subnets).size < 2)
    throw invalid("At least two subnets in two different Availability Zones must be specified");
  if (Tags.length > 0) throw invalid("Tags of load balancers are not offered by this local AWS");
}

/** As it is asked for again: the same, unless it is to be another. */
function sameAs(known: Balancer, settings: object): Balancer {
  const { LoadBalancerName: name } = known;
  if (isDeepStrictEqual({ ...known, ...settings }, known)) return known;
  const message = `A load balancer with the same name '${name}' exists, but with different settings`;
  throw new AwsError("DuplicateLoadBalancerNameException", message);
}

import * as z from "zod";
import { AwsError } from "../../aws-error.ts";
import type { Call } from "../../platform.ts";
import { unconfirmed } from "../unconfirmed.ts";
import type { ControlPlane } from "./control-plane.ts";
import type { Target, TargetGroup } from "./records.ts";

const Balancers = z.object({
  LoadBalancers: z.tuple([z.object({ Type: z.string(), Scheme: z.string(), VpcId: z.string() })]),
});
const Listeners = z.object({ Listeners: z.array(z.object({ Port: z.number() })) });

/** In how many groups a load balancer can be. See https://docs.aws.amazon.com/vpc-lattice/latest/ug/register-targets.html */
const groupsPerBalancer = 2;

/**
 * Why a load balancer cannot be a target of the group; undefined where it can. One that Elastic Load Balancing does not know may
 * be one of this machine, if the address book has it.
 */
export async function loadBalancerRefusal(
  plane: Pick<ControlPlane, "platform" | "store" | "hasAddress">,
  call: Call,
  group: TargetGroup,
  { target: arn, port }: Pick<Target, "target" | "port">,
): Promise<string | undefined> {
  const ofOthers = plane.store.targets.filter(
    ({ target, groupId, draining }) => target === arn && groupId !== group.id && !draining,
  );
  if (ofOthers.length >= groupsPerBalancer)
    return `A load balancer can be a target of ${groupsPerBalancer} target groups: ${arn}`;
  try {
    return await unfit(plane, call, group, { arn, port });
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== "LoadBalancerNotFoundException") throw error;
    const known = plane.hasAddress(arn) || !unconfirmed.unknownLoadBalancerRefused;
    return known ? undefined : `Load balancer not found: ${arn}`;
  }
}

async function unfit(
  { platform }: Pick<ControlPlane, "platform">,
  { caller, account, region }: Call,
  { config }: TargetGroup,
  { arn, port }: { readonly arn: string; readonly port: number | undefined },
): Promise<string | undefined> {
  const ask = (as: Call["caller"], operation: string, input: object) =>
    platform.call(as, "elasticloadbalancing", operation, input, region);
  const [balancer] = Balancers.parse(
    await ask(caller, "DescribeLoadBalancers", { LoadBalancerArns: [arn] }),
  ).LoadBalancers;
  if (balancer.Type !== "application") return `Not an application load balancer: ${arn}`;
  if (balancer.Scheme !== "internal") return `Not an internal load balancer: ${arn}`;
  if (config.type !== "LAMBDA" && balancer.VpcId !== config.vpcIdentifier)
    return "Load balancer targets must be in the same VPC as their target group";
  // Lattice's reference names no permission of the caller's for this.
  const root = { type: "root", account, arn: `arn:aws:iam::${account}:root` } as const;
  const { Listeners: listeners } = Listeners.parse(
    await ask(root, "DescribeListeners", { LoadBalancerArn: arn }),
  );
  return listeners.some((each) => each.Port === port)
    ? undefined
    : `The load balancer has no listener on port ${port}: ${arn}`;
}

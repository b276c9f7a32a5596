import * as z from "zod";
import { AwsError } from "../../aws-error.ts";
import type { Call } from "../../platform.ts";
import { unconfirmed } from "../unconfirmed.ts";
import type { ControlPlane } from "./control-plane.ts";

const Described = z.object({
  Reservations: z.array(z.object({ Instances: z.array(z.object({ VpcId: z.string() })) })),
});

/**
 * Why an instance cannot be a target of a group in the VPC; undefined where it can. An instance that EC2 does not know may be one
 * of this machine, if the address book has it.
 */
export async function instanceRefusal(
  { platform, hasAddress }: Pick<ControlPlane, "platform" | "hasAddress">,
  { caller, region }: Call,
  vpcId: string,
  id: string,
): Promise<string | undefined> {
  try {
    const asked = { InstanceIds: [id] };
    const { Reservations } = Described.parse(
      await platform.call(caller, "ec2", "DescribeInstances", asked, region),
    );
    const fits = Reservations.every(({ Instances }) => Instances.every((each) => each.VpcId === vpcId));
    return fits ? undefined : "Instance targets must be in the same VPC as their target group";
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== "InvalidInstanceID.NotFound") throw error;
    return hasAddress(id) || !unconfirmed.unknownInstanceRefused ? undefined : `Instance not found: ${id}`;
  }
}

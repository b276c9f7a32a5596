import { AwsError } from "../aws-error.ts";
import type { Ec2, Subnet } from "../ec2/ec2.ts";
import type { Balancer } from "./balancers.ts";

/** The VPC and the zones that a load balancer in these subnets is in. Throws SubnetNotFound, InvalidConfigurationRequest. */
export function inSubnets(
  ec2: Pick<Ec2, "subnet">,
  ids: readonly string[],
): Pick<Balancer, "VpcId" | "AvailabilityZones"> {
  const subnets = ids.map((id) => there(ec2, id));
  const [VpcId, ...others] = new Set(subnets.map(({ vpcId }) => vpcId));
  if (VpcId === undefined || others.length > 0) {
    const message = "The subnets of a load balancer have to be of one VPC";
    throw new AwsError("InvalidConfigurationRequestException", message);
  }
  const AvailabilityZones = subnets.map(({ availabilityZone, subnetId }) => ({
    ZoneName: availabilityZone,
    SubnetId: subnetId,
  }));
  return { VpcId, AvailabilityZones };
}

function there(ec2: Pick<Ec2, "subnet">, id: string): Subnet {
  const subnet = ec2.subnet(id);
  if (subnet === undefined)
    throw new AwsError("SubnetNotFoundException", `The subnet ID '${id}' does not exist`);
  return subnet;
}

import * as z from "zod";
import type { Ec2 } from "../ec2/ec2.ts";
import type { Door } from "../wire/endpoint.ts";
import { zonePattern } from "./data-plane/source.ts";
import type { Lattice } from "./lattice.ts";
import { localAnswer, localQuestion } from "./local-question.ts";

const GatewayAsked = z.strictObject({
  vpcId: z.string().regex(/^vpc-(?:[0-9a-z]{8}|[0-9a-z]{17})$/, "is no id of a VPC"),
  port: z.int().min(0).max(65_535).optional(),
  zone: z.string().regex(zonePattern, "is no availability zone").optional(),
  /** Instead of its zone. */
  subnetId: z.string().optional(),
});

/**
 * `/_local/gateways`: POST `{vpcId, port?, zone?}`, or `subnetId` for the zone that it is in, opens the gateway of a VPC or of a zone,
 * if it is not open, and answers its port.
 */
export function gatewaysDoor(lattice: () => Pick<Lattice, "gateway">, ec2: () => Pick<Ec2, "subnet">): Door {
  return async (request) => {
    const { asked, refusal } = localQuestion(GatewayAsked, request);
    if (refusal !== undefined) return refusal;
    const { vpcId, port, subnetId } = asked;
    const subnet = subnetId === undefined ? undefined : ec2().subnet(subnetId);
    if (subnetId !== undefined && subnet?.vpcId !== vpcId)
      return localAnswer(400, { message: `subnetId ${subnetId} is no subnet of ${vpcId} that EC2 knows` });
    const zone = subnet?.availabilityZone ?? asked.zone;
    try {
      const opened = await lattice().gateway(vpcId, port, zone);
      return localAnswer(200, { vpcId, port: opened, ...(zone !== undefined && { zone }) });
    } catch (failure) {
      if ((failure as NodeJS.ErrnoException).code !== "EADDRINUSE") throw failure;
      return localAnswer(409, { message: `port ${port} is in use; leave it out for any free one` });
    }
  };
}

import * as z from "zod";
import { AuthPolicy } from "./auth-policy.ts";
import { AuthType, Tags, text, VpcId } from "./fields.ts";

/** A VPC whose callers may enter the network; security groups say who in the VPC may. */
const VpcAssociation = z.strictObject({
  vpc: VpcId,
  securityGroups: z
    .array(text("a security group", 64))
    .max(5, { error: "an association has at most 5 security groups" })
    .default([]),
});

/** A service network, and the VPCs associated with it. */
export const Network = z.strictObject({
  authType: AuthType,
  policy: AuthPolicy.optional(),
  vpcs: z.array(VpcAssociation).default([]),
  tags: Tags,
});
export type Network = z.infer<typeof Network>;

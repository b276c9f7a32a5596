import { AwsError } from "../../aws-error.ts";
import type { Call, Platform } from "../../platform.ts";
import { unconfirmed } from "../unconfirmed.ts";
import { notFound } from "./errors.ts";

/** Whether the VPC is in the account, as the caller sees it. Throws ResourceNotFoundException. */
export async function checkVpc(platform: Platform, call: Call, vpcId: string): Promise<void> {
  if (!unconfirmed.unknownVpcRefused) return;
  try {
    await platform.call(call.caller, "ec2", "DescribeVpcs", { VpcIds: [vpcId] }, call.region);
  } catch (error) {
    if (error instanceof AwsError && error.code === "InvalidVpcID.NotFound") throw notFound("VPC", vpcId);
    throw error;
  }
}

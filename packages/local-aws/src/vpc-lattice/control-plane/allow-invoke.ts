import { evaluate, parsePolicy } from "@espalier/policy";
import * as z from "zod";
import { AwsError } from "../../aws-error.ts";
import type { Call, Platform } from "../../platform.ts";
import type { TargetGroup } from "./records.ts";

const lattice = "vpc-lattice.amazonaws.com";
const GetPolicyOutput = z.object({ Policy: z.string() });

/** Whether the caller can see a function of this ARN. */
export async function functionExists(platform: Platform, call: Call, functionArn: string): Promise<boolean> {
  try {
    await platform.call(call.caller, "lambda", "GetFunction", { FunctionName: functionArn }, call.region);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/**
 * Lets Lattice invoke the function for the group, in the caller's name, unless it already may.
 * See https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html
 */
export async function allowInvoke(
  platform: Platform,
  call: Call,
  functionArn: string,
  group: TargetGroup,
): Promise<void> {
  if (await mayInvoke(platform, call, functionArn, group)) return;
  const permission = {
    FunctionName: functionArn,
    StatementId: `vpc-lattice-${group.id}`,
    Action: "lambda:InvokeFunction",
    Principal: lattice,
    SourceArn: group.arn,
  };
  await platform.call(call.caller, "lambda", "AddPermission", permission, call.region);
}

async function mayInvoke(platform: Platform, call: Call, functionArn: string, group: TargetGroup) {
  try {
    const root = { type: "root", account: call.account, arn: `arn:aws:iam::${call.account}:root` } as const;
    const answer = await platform.call(
      root,
      "lambda",
      "GetPolicy",
      { FunctionName: functionArn },
      call.region,
    );
    const { Policy } = GetPolicyOutput.parse(answer);
    const decision = evaluate([{ name: "function policy", document: parsePolicy(Policy) }], {
      principal: { type: "service", service: lattice },
      action: "lambda:InvokeFunction",
      resource: functionArn,
      context: { "aws:SourceArn": group.arn, "aws:SourceAccount": call.account },
    });
    return decision.effect === "allow";
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof AwsError && error.code === "ResourceNotFoundException";
}

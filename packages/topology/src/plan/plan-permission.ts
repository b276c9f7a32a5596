import { evaluate, PolicyError, parsePolicy } from "@espalier/policy";
import type { ExistingTargetGroup } from "../existing.ts";
import { type Change, ready } from "./change.ts";

/**
 * Lattice's leave to invoke the function of a target group, where it has been taken away: RegisterTargets gives it, and nobody
 * looks afterwards. None where it may, or where its policy cannot be read.
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html
 */
export function planPermission(live: ExistingTargetGroup): Change[] {
  const [target] = live.targets;
  if (live.type !== "LAMBDA" || target === undefined || live.functionPolicy === undefined) return [];
  if (mayInvoke(live, target.id)) return [];
  return [
    ready(
      {
        address: `targetGroups.${live.name}.permission`,
        verb: "create",
        sentence: `let Lattice invoke ${target.id} for the target group ${live.name}`,
      },
      {
        operation: "AddPermission",
        input: { functionName: target.id, statementId: `espalier-${live.id}`, sourceArn: live.arn },
      },
    ),
  ];
}

function mayInvoke({ arn, functionPolicy = "" }: ExistingTargetGroup, functionArn: string): boolean {
  if (functionPolicy === "") return false;
  try {
    const { effect } = evaluate([{ name: "function", document: parsePolicy(functionPolicy) }], {
      principal: { type: "service", service: "vpc-lattice.amazonaws.com" },
      action: "lambda:InvokeFunction",
      resource: functionArn,
      context: { "aws:SourceArn": arn, "aws:SourceAccount": arn.split(":")[4] ?? "" },
    });
    return effect === "allow";
  } catch (error) {
    if (error instanceof PolicyError) return true;
    throw error;
  }
}

import type { GetPolicyRequest, GetPolicyResponse } from "@aws-sdk/client-lambda";
import { AwsError } from "../../aws-error.ts";
import type { Operation } from "../../platform.ts";
import { functionPolicy } from "../function-policy.ts";
import type { Functions } from "../functions.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetPolicy.html */
export function getPolicy(functions: Functions): Operation<GetPolicyRequest, GetPolicyResponse> {
  return {
    permissions: ({ FunctionName }, call) => [
      { action: "lambda:GetPolicy", resource: functions.arnOf(FunctionName, call) },
    ],
    run({ FunctionName, Qualifier }, call) {
      const { revisionId } = functions.find(FunctionName, call, Qualifier);
      const policy = functionPolicy(functions, FunctionName, call);
      if (policy !== undefined) return { Policy: JSON.stringify(policy), RevisionId: revisionId };
      throw new AwsError("ResourceNotFoundException", "The resource you requested does not exist.", 404, {
        Type: "User",
      });
    },
  };
}

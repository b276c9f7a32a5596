import type { DeleteParameterRequest, DeleteParameterResult } from "@aws-sdk/client-ssm";
import { AwsError } from "../aws-error.ts";
import type { Operation } from "../platform.ts";
import type { Parameters } from "./parameters.ts";

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteParameter.html */
export function deleteParameter(store: Parameters): Operation<DeleteParameterRequest, DeleteParameterResult> {
  return {
    permissions: ({ Name = "" }) => [{ action: "ssm:DeleteParameter", resource: store.arn(Name) }],
    run({ Name = "" }) {
      if (!store.delete(Name)) throw new AwsError("ParameterNotFound", `Parameter ${Name} not found.`);
      return {};
    },
  };
}

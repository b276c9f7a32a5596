import type { GetParameterRequest, GetParameterResult } from "@aws-sdk/client-ssm";
import { AwsError } from "../aws-error.ts";
import type { Operation } from "../platform.ts";
import type { Parameters } from "./parameters.ts";

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html */
export function getParameter(store: Parameters): Operation<GetParameterRequest, GetParameterResult> {
  return {
    permissions: ({ Name = "" }) => [{ action: "ssm:GetParameter", resource: store.arn(Name) }],
    run({ Name = "", WithDecryption }) {
      const parameter = store.get(Name);
      if (parameter === undefined) throw new AwsError("ParameterNotFound", `Parameter ${Name} not found.`);
      return { Parameter: store.shown(parameter, WithDecryption) };
    },
  };
}

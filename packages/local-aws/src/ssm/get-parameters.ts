import type { GetParametersRequest, GetParametersResult } from "@aws-sdk/client-ssm";
import type { Operation } from "../platform.ts";
import type { Parameters } from "./parameters.ts";

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html */
export function getParameters(store: Parameters): Operation<GetParametersRequest, GetParametersResult> {
  return {
    permissions: ({ Names = [] }) =>
      Names.map((name) => ({ action: "ssm:GetParameters", resource: store.arn(name) })),
    run({ Names = [], WithDecryption }) {
      const found = Names.flatMap((name) => store.get(name) ?? []);
      return {
        Parameters: found.map((parameter) => store.shown(parameter, WithDecryption)),
        InvalidParameters: Names.filter((name) => store.get(name) === undefined),
      };
    },
  };
}

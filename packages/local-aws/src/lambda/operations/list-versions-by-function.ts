import type { ListVersionsByFunctionRequest, ListVersionsByFunctionResponse } from "@aws-sdk/client-lambda";
import type { Operation } from "../../platform.ts";
import { configuration } from "../configuration.ts";
import type { Functions } from "../functions.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListVersionsByFunction.html */
export function listVersionsByFunction(
  functions: Functions,
): Operation<ListVersionsByFunctionRequest, ListVersionsByFunctionResponse> {
  return {
    permissions: ({ FunctionName }, call) => [
      { action: "lambda:ListVersionsByFunction", resource: functions.arnOf(FunctionName, call) },
    ],
    run({ FunctionName }, call) {
      const { name } = functions.find(FunctionName, call).settings;
      return {
        Versions: functions
          .all()
          .filter(({ settings }) => settings.name === name)
          .map(configuration),
      };
    },
  };
}

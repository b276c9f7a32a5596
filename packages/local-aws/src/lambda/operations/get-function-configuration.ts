import type { FunctionConfiguration, GetFunctionConfigurationRequest } from "@aws-sdk/client-lambda";
import type { Operation } from "../../platform.ts";
import { configuration } from "../configuration.ts";
import type { Functions } from "../functions.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html */
export function getFunctionConfiguration(
  functions: Functions,
): Operation<GetFunctionConfigurationRequest, FunctionConfiguration> {
  return {
    permissions: ({ FunctionName }, call) => [
      { action: "lambda:GetFunctionConfiguration", resource: functions.arnOf(FunctionName, call) },
    ],
    run: ({ FunctionName, Qualifier }, call) => configuration(functions.find(FunctionName, call, Qualifier)),
  };
}

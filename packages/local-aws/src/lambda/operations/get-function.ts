import { pathToFileURL } from "node:url";
import type { GetFunctionRequest, GetFunctionResponse } from "@aws-sdk/client-lambda";
import type { Operation } from "../../platform.ts";
import { configuration } from "../configuration.ts";
import type { Functions } from "../functions.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html The code's location is a folder of this machine. */
export function getFunction(functions: Functions): Operation<GetFunctionRequest, GetFunctionResponse> {
  return {
    permissions: ({ FunctionName }, call) => [
      { action: "lambda:GetFunction", resource: functions.arnOf(FunctionName, call) },
    ],
    run({ FunctionName, Qualifier }, call) {
      const deployed = functions.find(FunctionName, call, Qualifier);
      const { reservedConcurrency, directory } = deployed.settings;
      return {
        Configuration: configuration(deployed),
        Code: { RepositoryType: "S3", Location: pathToFileURL(directory).href },
        ...(reservedConcurrency === undefined
          ? {}
          : { Concurrency: { ReservedConcurrentExecutions: reservedConcurrency } }),
      };
    },
  };
}

import type { RemovePermissionRequest } from "@aws-sdk/client-lambda";
import { AwsError } from "../../aws-error.ts";
import type { Operation } from "../../platform.ts";
import { functionName, qualifiedName } from "../function-name.ts";
import type { Functions } from "../functions.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_RemovePermission.html */
export function removePermission(functions: Functions): Operation<RemovePermissionRequest, object> {
  return {
    permissions: ({ FunctionName, StatementId = "" }, call) => {
      const statements = functions.statementsOf(functionName(FunctionName ?? "", call));
      const principal = statements.get(StatementId)?.Principal;
      const service = typeof principal === "object" ? principal.Service : undefined;
      return [
        {
          action: "lambda:RemovePermission",
          resource: functions.arnOf(FunctionName, call),
          context: service === undefined ? {} : { "lambda:Principal": service },
        },
      ];
    },
    run({ FunctionName, StatementId = "", Qualifier }, call) {
      const { settings } = functions.find(FunctionName, call, Qualifier);
      const statements = functions.statementsOf(qualifiedName(settings.name, settings.version));
      if (statements.delete(StatementId)) return {};
      const message = `Statement ${StatementId} is not found in resource policy.`;
      throw new AwsError("ResourceNotFoundException", message, 404, { Type: "User" });
    },
  };
}

import type { AddPermissionRequest, AddPermissionResponse } from "@aws-sdk/client-lambda";
import type { Statement } from "@espalier/policy";
import { AwsError } from "../../aws-error.ts";
import type { Operation } from "../../platform.ts";
import { qualifiedName } from "../function-name.ts";
import type { Functions } from "../functions.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
export function addPermission(functions: Functions): Operation<AddPermissionRequest, AddPermissionResponse> {
  return {
    permissions: ({ FunctionName, Principal }, call) => [
      {
        action: "lambda:AddPermission",
        resource: functions.arnOf(FunctionName, call),
        context: Principal === undefined ? {} : { "lambda:Principal": Principal },
      },
    ],
    run(input, call) {
      const { settings, arn } = functions.find(input.FunctionName, call, input.Qualifier);
      const statements = functions.statementsOf(qualifiedName(settings.name, settings.version));
      const sid = input.StatementId ?? "";
      if (statements.has(sid)) {
        const message = `The statement id (${sid}) provided already exists. Please provide a new statement id, or remove the existing statement.`;
        throw new AwsError("ResourceConflictException", message, 409, { Type: "User" });
      }
      const statement = statementOf(input, sid, arn);
      statements.set(sid, statement);
      return { Statement: JSON.stringify(statement) };
    },
  };
}

function statementOf(input: AddPermissionRequest, sid: string, arn: string): Statement {
  const { Principal = "", Action = "", SourceArn, SourceAccount, PrincipalOrgID } = input;
  const equals = {
    ...(SourceAccount === undefined ? {} : { "AWS:SourceAccount": SourceAccount }),
    ...(PrincipalOrgID === undefined ? {} : { "aws:PrincipalOrgID": PrincipalOrgID }),
  };
  const condition = {
    ...(Object.keys(equals).length === 0 ? {} : { StringEquals: equals }),
    ...(SourceArn === undefined ? {} : { ArnLike: { "AWS:SourceArn": SourceArn } }),
  };
  return {
    Sid: sid,
    Effect: "Allow",
    Principal: principalOf(Principal),
    Action,
    Resource: arn,
    ...(Object.keys(condition).length === 0 ? {} : { Condition: condition }),
  };
}

function principalOf(principal: string): NonNullable<Statement["Principal"]> {
  if (principal === "*") return "*";
  if (/^\d{12}$/.test(principal)) return { AWS: `arn:aws:iam::${principal}:root` };
  return principal.startsWith("arn:") ? { AWS: principal } : { Service: principal };
}

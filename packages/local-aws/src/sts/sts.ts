import type {
  AssumeRoleRequest,
  AssumeRoleResponse,
  GetCallerIdentityRequest,
  GetCallerIdentityResponse,
} from "@aws-sdk/client-sts";
import { AwsError } from "../aws-error.ts";
import type { Iam } from "../iam/iam.ts";
import { roleNameOf } from "../iam/role.ts";
import type { Caller, Operation, Service } from "../platform.ts";

/** `iamOf` finds who a role belongs to, whatever its account. Who calls, and temporary credentials of roles. Credentials expire on wall time, as signatures do. */
export function createSts(iam: Iam, iamOf: (roleArn: string) => Iam): Service {
  return {
    name: "sts",
    operations: { GetCallerIdentity: getCallerIdentity(iam), AssumeRole: assumeRole(iamOf) },
  };
}

function getCallerIdentity(iam: Iam): Operation<GetCallerIdentityRequest, GetCallerIdentityResponse> {
  return {
    permissions: () => [],
    run: (_input, { caller, account }) => ({
      Account: account,
      Arn: caller.arn,
      UserId: userIdOf(iam, caller),
    }),
  };
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
function assumeRole(iamOf: (roleArn: string) => Iam): Operation<AssumeRoleRequest, AssumeRoleResponse> {
  return {
    permissions: ({ RoleArn = "" }) => [{ action: "sts:AssumeRole", resource: RoleArn }],
    resourcePolicy: ({ RoleArn = "" }) => iamOf(RoleArn).role(roleNameOf(RoleArn))?.trust,
    run({ RoleArn = "", RoleSessionName = "", DurationSeconds = 3600 }, { caller }) {
      if (!/^[\w+=,.@-]{2,64}$/.test(RoleSessionName)) {
        throw new AwsError(
          "ValidationException",
          `RoleSessionName is "${RoleSessionName}"; it is 2 to 64 of \\w+=,.@-`,
        );
      }
      if (!(DurationSeconds >= 900 && DurationSeconds <= 43_200)) {
        throw new AwsError(
          "ValidationException",
          `DurationSeconds is ${DurationSeconds}; it is 900 to 43200`,
        );
      }
      const iam = iamOf(RoleArn);
      const session = iam.assume(RoleArn, RoleSessionName, caller);
      const credentials = iam.temporaryCredentialsOf(session, DurationSeconds);
      return {
        Credentials: {
          AccessKeyId: credentials.accessKeyId,
          SecretAccessKey: credentials.secretAccessKey,
          SessionToken: credentials.sessionToken,
          Expiration: new Date(Date.now() + DurationSeconds * 1000),
        },
        AssumedRoleUser: { Arn: session.arn, AssumedRoleId: userIdOf(iam, session) },
      };
    },
  };
}

function userIdOf(iam: Iam, caller: Caller): string {
  if (caller.type !== "role") return caller.account;
  return `${iam.role(roleNameOf(caller.roleArn))?.id ?? "AROA"}:${caller.sessionName}`;
}

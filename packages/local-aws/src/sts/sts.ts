import type {
  AssumeRoleRequest,
  AssumeRoleResponse,
  GetCallerIdentityRequest,
  GetCallerIdentityResponse,
} from "@aws-sdk/client-sts";
import { AwsError } from "../aws-error.ts";
import type { Iam } from "../iam/iam.ts";
import { roleNameOf } from "../iam/role.ts";
import { requestTagKeys, type Tags, tagKeys, tagsOf } from "../iam/tags.ts";
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
    permissions({ RoleArn = "", Tags = [] }) {
      const ofRole = tagKeys("ResourceTag", iamOf(RoleArn).role(roleNameOf(RoleArn))?.tags);
      const permission = { resource: RoleArn, context: { ...ofRole, ...requestTagKeys(Tags) } };
      const actions = Tags.length === 0 ? ["sts:AssumeRole"] : ["sts:AssumeRole", "sts:TagSession"];
      return actions.map((action) => ({ action, ...permission }));
    },
    resourcePolicy: ({ RoleArn = "" }) => iamOf(RoleArn).role(roleNameOf(RoleArn))?.trust,
    run({ RoleArn = "", RoleSessionName = "", DurationSeconds = 3600, Tags, TransitiveTagKeys }, { caller }) {
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
      if (TransitiveTagKeys !== undefined && TransitiveTagKeys.length > 0) {
        const message =
          "TransitiveTagKeys are not offered here: a session that is chained has to be given its tags";
        throw new AwsError("ValidationException", message);
      }
      const iam = iamOf(RoleArn);
      const session = iam.assume(RoleArn, RoleSessionName, caller, {
        tags: tagsOf(Tags),
        context: { ...principalTagKeys(iamOf, caller), ...requestTagKeys(Tags) },
      });
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

function principalTagKeys(iamOf: (roleArn: string) => Iam, caller: Caller): Tags {
  if (caller.type !== "role") return {};
  return tagKeys("PrincipalTag", iamOf(caller.roleArn).principalTags(caller));
}

function userIdOf(iam: Iam, caller: Caller): string {
  if (caller.type !== "role") return caller.account;
  return `${iam.role(roleNameOf(caller.roleArn))?.id ?? "AROA"}:${caller.sessionName}`;
}

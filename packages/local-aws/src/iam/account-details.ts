import type {
  GetAccountAuthorizationDetailsRequest,
  GetAccountAuthorizationDetailsResponse,
  ManagedPolicyDetail,
  RoleDetail,
} from "@aws-sdk/client-iam";
import type { Operation } from "../platform.ts";
import type { ManagedPolicies, ManagedPolicy } from "./managed-policies.ts";
import { onlyVersion } from "./policy-operations.ts";
import { encoded } from "./policy-text.ts";
import { pathOf, type Role } from "./role.ts";
import { tagList } from "./tags.ts";

/**
 * All roles with their inline policies, and the managed policies of the account, page by page; the marker is how many have been
 * shown. There are no users and groups.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
 */
export function getAccountAuthorizationDetails(
  roles: () => readonly Role[],
  managed: ManagedPolicies,
): Operation<GetAccountAuthorizationDetailsRequest, GetAccountAuthorizationDetailsResponse> {
  return {
    permissions: () => [{ action: "iam:GetAccountAuthorizationDetails", resource: "*" }],
    run({ Filter, MaxItems = 100, Marker = "0" }) {
      const wants = (kind: "Role" | "LocalManagedPolicy") => Filter?.includes(kind) ?? true;
      const all = [
        ...(wants("Role") ? roles().map((role) => ({ role: roleView(role, managed) })) : []),
        ...(wants("LocalManagedPolicy")
          ? managed.list().map((policy) => ({ policy: policyView(policy) }))
          : []),
      ];
      const from = Number(Marker);
      const page = all.slice(from, from + MaxItems);
      const more = all.length > from + page.length;
      return {
        UserDetailList: [],
        GroupDetailList: [],
        RoleDetailList: page.flatMap((each) => ("role" in each ? [each.role] : [])),
        Policies: page.flatMap((each) => ("policy" in each ? [each.policy] : [])),
        IsTruncated: more,
        ...(more ? { Marker: String(from + page.length) } : {}),
      };
    },
  };
}

function roleView(role: Role, managed: ManagedPolicies): RoleDetail {
  return {
    Path: pathOf(role),
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: new Date(role.createdAt),
    AssumeRolePolicyDocument: encoded(role.trust),
    RolePolicyList: Object.entries(role.policies).map(([PolicyName, document]) => ({
      PolicyName,
      PolicyDocument: encoded(document),
    })),
    AttachedManagedPolicies: managed
      .of(role.name)
      .map(({ name, arn }) => ({ PolicyName: name, PolicyArn: arn })),
    Tags: tagList(role.tags),
  };
}

function policyView({ arn, name, id, document, createdAt }: ManagedPolicy): ManagedPolicyDetail {
  const CreateDate = new Date(createdAt);
  return {
    PolicyName: name,
    PolicyId: id,
    Arn: arn,
    DefaultVersionId: onlyVersion,
    PolicyVersionList: [
      { VersionId: onlyVersion, IsDefaultVersion: true, Document: encoded(document), CreateDate },
    ],
  };
}

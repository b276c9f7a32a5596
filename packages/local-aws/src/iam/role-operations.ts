import type {
  CreateRoleRequest,
  CreateRoleResponse,
  DeleteRolePolicyRequest,
  DeleteRoleRequest,
  GetRolePolicyRequest,
  GetRolePolicyResponse,
  GetRoleRequest,
  GetRoleResponse,
  ListRolePoliciesRequest,
  ListRolePoliciesResponse,
  PutRolePolicyRequest,
  Role as RoleView,
  UpdateAssumeRolePolicyRequest,
} from "@aws-sdk/client-iam";
import type { PolicyDocument } from "@espalier/policy";
import { AwsError } from "../aws-error.ts";
import type { Operation, Service } from "../platform.ts";
import { arnOf, onRole, type RolesByName } from "./on-role.ts";
import { encoded, parsed } from "./policy-text.ts";
import { pathOf, type Role } from "./role.ts";
import { requestTagKeys, tagList, tagsOf } from "./tags.ts";

/** The roles as operations see them. */
export interface Roles extends RolesByName {
  put(role: Pick<Role, "name" | "trust" | "policies" | "tags"> & { readonly arn?: string }): Role;
  /** Whether a managed policy is attached to it, which keeps it from being deleted. */
  hasAttached(name: string): boolean;
  delete(name: string): void;
}

/**
 * Roles with inline policies; users and groups are not offered.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html
 */
export function roleOperations(roles: Roles): Service["operations"] {
  const operation = onRole(roles);

  const createRole: Operation<CreateRoleRequest, CreateRoleResponse> = {
    permissions({ RoleName = "", Tags = [] }) {
      const permission = { resource: arnOf(roles, RoleName), context: requestTagKeys(Tags) };
      const actions = Tags.length === 0 ? ["iam:CreateRole"] : ["iam:CreateRole", "iam:TagRole"];
      return actions.map((action) => ({ action, ...permission }));
    },
    run({ RoleName = "", AssumeRolePolicyDocument = "", Tags }) {
      if (roles.get(RoleName) !== undefined) {
        throw new AwsError("EntityAlreadyExistsException", `Role with name ${RoleName} already exists.`, 409);
      }
      if (!/^[\w+=,.@-]{1,64}$/.test(RoleName)) {
        throw new AwsError("ValidationException", `RoleName is "${RoleName}"; it is 1 to 64 of \\w+=,.@-`);
      }
      const trust = parsed(AssumeRolePolicyDocument);
      return { Role: view(roles.put({ name: RoleName, trust, policies: {}, tags: tagsOf(Tags) })) };
    },
  };

  return {
    CreateRole: createRole,
    GetRole: operation<GetRoleRequest, GetRoleResponse>("GetRole", (role) => ({ Role: view(role) })),
    DeleteRole: operation<DeleteRoleRequest, void>("DeleteRole", (role) => {
      if (Object.keys(role.policies).length > 0 || roles.hasAttached(role.name)) {
        throw new AwsError(
          "DeleteConflictException",
          "Cannot delete entity, must delete policies first.",
          409,
        );
      }
      roles.delete(role.name);
    }),
    UpdateAssumeRolePolicy: operation<UpdateAssumeRolePolicyRequest, void>(
      "UpdateAssumeRolePolicy",
      (role, { PolicyDocument = "" }) => void roles.put({ ...role, trust: parsed(PolicyDocument) }),
    ),
    PutRolePolicy: operation<PutRolePolicyRequest, void>(
      "PutRolePolicy",
      (role, { PolicyName = "", PolicyDocument = "" }) =>
        void roles.put({ ...role, policies: { ...role.policies, [PolicyName]: parsed(PolicyDocument) } }),
    ),
    GetRolePolicy: operation<GetRolePolicyRequest, GetRolePolicyResponse>(
      "GetRolePolicy",
      (role, { PolicyName = "" }) => ({
        RoleName: role.name,
        PolicyName,
        PolicyDocument: encoded(policyOf(role, PolicyName)),
      }),
    ),
    DeleteRolePolicy: operation<DeleteRolePolicyRequest, void>(
      "DeleteRolePolicy",
      (role, { PolicyName = "" }) => {
        policyOf(role, PolicyName);
        const kept = Object.entries(role.policies).filter(([name]) => name !== PolicyName);
        roles.put({ ...role, policies: Object.fromEntries(kept) });
      },
    ),
    ListRolePolicies: operation<ListRolePoliciesRequest, ListRolePoliciesResponse>(
      "ListRolePolicies",
      (role) => ({
        PolicyNames: Object.keys(role.policies).sort(),
        IsTruncated: false,
      }),
    ),
  };
}

function policyOf(role: Role, name: string): PolicyDocument {
  const policy = Object.hasOwn(role.policies, name) ? role.policies[name] : undefined;
  if (policy !== undefined) return policy;
  const message = `The role policy with name ${name} cannot be found.`;
  throw new AwsError("NoSuchEntityException", message, 404);
}

function view({ arn, name, id, trust, createdAt, tags }: Role): RoleView {
  return {
    Path: pathOf({ arn }),
    RoleName: name,
    RoleId: id,
    Arn: arn,
    CreateDate: new Date(createdAt),
    AssumeRolePolicyDocument: encoded(trust),
    ...(Object.keys(tags ?? {}).length > 0 && { Tags: tagList(tags) }),
  };
}

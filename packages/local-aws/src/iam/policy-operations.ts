import type {
  AttachRolePolicyRequest,
  CreatePolicyRequest,
  CreatePolicyResponse,
  DeletePolicyRequest,
  DetachRolePolicyRequest,
  GetPolicyRequest,
  GetPolicyResponse,
  GetPolicyVersionRequest,
  GetPolicyVersionResponse,
  ListAttachedRolePoliciesRequest,
  ListAttachedRolePoliciesResponse,
} from "@aws-sdk/client-iam";
import { AwsError } from "../aws-error.ts";
import type { Operation, Service } from "../platform.ts";
import type { ManagedPolicies, ManagedPolicy } from "./managed-policies.ts";
import { onRole, type RolesByName } from "./on-role.ts";
import { encoded, parsed } from "./policy-text.ts";

/** The only version that a managed policy has here. */
export const onlyVersion = "v1";

/**
 * Managed policies of the account, with one version each, and their attachment to roles.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html
 */
export function policyOperations(managed: ManagedPolicies, roles: RolesByName): Service["operations"] {
  const onPolicy = <Input extends { PolicyArn: string | undefined }, Output>(
    action: string,
    run: (policy: ManagedPolicy, input: Input) => Output,
  ): Operation<Input, Output> => ({
    permissions: ({ PolicyArn = "" }) => [{ action: `iam:${action}`, resource: PolicyArn }],
    run: (input) => run(managed.get(input.PolicyArn ?? ""), input),
  });
  const ofRole = onRole(roles);

  const createPolicy: Operation<CreatePolicyRequest, CreatePolicyResponse> = {
    permissions: ({ PolicyName = "", Path = "/" }) => [
      { action: "iam:CreatePolicy", resource: `arn:aws:iam::${roles.account}:policy${Path}${PolicyName}` },
    ],
    run: ({ PolicyName = "", Path = "/", PolicyDocument = "" }) => ({
      Policy: view(managed.create({ name: PolicyName, path: Path, document: parsed(PolicyDocument) })),
    }),
  };

  return {
    CreatePolicy: createPolicy,
    GetPolicy: onPolicy<GetPolicyRequest, GetPolicyResponse>("GetPolicy", (policy) => ({
      Policy: view(policy),
    })),
    GetPolicyVersion: onPolicy<GetPolicyVersionRequest, GetPolicyVersionResponse>(
      "GetPolicyVersion",
      ({ arn, document, createdAt }, { VersionId = "" }) => {
        if (VersionId !== onlyVersion)
          throw new AwsError(
            "NoSuchEntityException",
            `Policy ${arn} version ${VersionId} does not exist.`,
            404,
          );
        const Document = encoded(document);
        return {
          PolicyVersion: { VersionId, IsDefaultVersion: true, Document, CreateDate: new Date(createdAt) },
        };
      },
    ),
    DeletePolicy: onPolicy<DeletePolicyRequest, void>("DeletePolicy", ({ arn }) => managed.delete(arn)),
    AttachRolePolicy: ofRole<AttachRolePolicyRequest, void>(
      "AttachRolePolicy",
      ({ name }, { PolicyArn = "" }) => managed.attach(name, PolicyArn),
    ),
    DetachRolePolicy: ofRole<DetachRolePolicyRequest, void>(
      "DetachRolePolicy",
      ({ name }, { PolicyArn = "" }) => managed.detach(name, PolicyArn),
    ),
    ListAttachedRolePolicies: ofRole<ListAttachedRolePoliciesRequest, ListAttachedRolePoliciesResponse>(
      "ListAttachedRolePolicies",
      ({ name }) => ({
        AttachedPolicies: managed
          .of(name)
          .map((policy) => ({ PolicyName: policy.name, PolicyArn: policy.arn })),
        IsTruncated: false,
      }),
    ),
  };
}

function view({ arn, name, id, createdAt }: ManagedPolicy): GetPolicyResponse["Policy"] {
  return {
    PolicyName: name,
    PolicyId: id,
    Arn: arn,
    DefaultVersionId: onlyVersion,
    CreateDate: new Date(createdAt),
  };
}

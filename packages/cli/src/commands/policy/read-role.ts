import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  type IAMClient,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
} from "@aws-sdk/client-iam";
import { type Caller, type NamedPolicy, PolicyError, parsePolicy } from "@espalier/policy";

/** A role with its inline and managed policies; undefined where the account has none of this name. */
export async function readRole(client: IAMClient, name: string): Promise<Caller | undefined> {
  const role = await client
    .send(new GetRoleCommand({ RoleName: name }))
    .then((answer) => answer.Role)
    .catch((error: Error) => {
      if (error.name === "NoSuchEntityException") return undefined;
      throw error;
    });
  if (role === undefined) return undefined;
  return roleCaller(role, [
    ...(await inlinePolicies(client, name)),
    ...(await attachedPolicies(client, name)),
  ]);
}

/** A policy as IAM shows it, percent-encoded. */
export interface EncodedPolicy {
  readonly name: string;
  readonly document: string;
}

/** What IAM tells of a role, whichever operation is asked. */
interface RoleTold {
  readonly Arn?: string | undefined;
  readonly RoleName?: string | undefined;
  readonly PermissionsBoundary?: { readonly PermissionsBoundaryArn?: string | undefined } | undefined;
  readonly Tags?:
    | readonly { readonly Key: string | undefined; readonly Value: string | undefined }[]
    | undefined;
}

/** A role as a caller. A policy that is not understood leaves it open what the role may do. */
export function roleCaller(
  { Arn = "", RoleName = "", Tags = [], PermissionsBoundary }: RoleTold,
  encoded: readonly EncodedPolicy[],
): Caller {
  const name = `role ${RoleName}`;
  return {
    name,
    principal: { type: "aws", arn: Arn, account: Arn.split(":")[4] ?? "", roleArn: Arn },
    identity: identityOf(name, encoded, PermissionsBoundary?.PermissionsBoundaryArn),
    context: Object.fromEntries(Tags.map(({ Key, Value }) => [`aws:PrincipalTag/${Key}`, Value ?? ""])),
  };
}

function identityOf(
  role: string,
  encoded: readonly EncodedPolicy[],
  boundary: string | undefined,
): Caller["identity"] {
  const policies: NamedPolicy[] = [];
  for (const { name, document } of encoded) {
    const called = `policy ${name} of ${role}`;
    try {
      policies.push({ name: called, document: parsePolicy(decodeURIComponent(document)) });
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error;
      return { type: "unknown", why: `${called} is not understood: ${error.message}` };
    }
  }
  return { type: "policies", policies, ...(boundary === undefined ? {} : { boundary }) };
}

async function inlinePolicies(client: IAMClient, RoleName: string): Promise<EncodedPolicy[]> {
  const policies: EncodedPolicy[] = [];
  for await (const { PolicyNames = [] } of paginateListRolePolicies({ client }, { RoleName }))
    for (const PolicyName of PolicyNames) {
      const { PolicyDocument = "" } = await client.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
      policies.push({ name: PolicyName, document: PolicyDocument });
    }
  return policies;
}

async function attachedPolicies(client: IAMClient, RoleName: string): Promise<EncodedPolicy[]> {
  const policies: EncodedPolicy[] = [];
  for await (const { AttachedPolicies = [] } of paginateListAttachedRolePolicies({ client }, { RoleName }))
    for (const { PolicyArn, PolicyName = "" } of AttachedPolicies) {
      const { Policy } = await client.send(new GetPolicyCommand({ PolicyArn }));
      const VersionId = Policy?.DefaultVersionId;
      const { PolicyVersion } = await client.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));
      policies.push({ name: PolicyName, document: PolicyVersion?.Document ?? "" });
    }
  return policies;
}

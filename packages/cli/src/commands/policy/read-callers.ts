import { type IAMClient, paginateGetAccountAuthorizationDetails, type RoleDetail } from "@aws-sdk/client-iam";
import { type Caller, canBeginWith, type NamedPolicy, type Statement } from "@espalier/policy";
import { roleCaller } from "./read-role.ts";

/** All roles of the account that something lets call services on Lattice, in the order of their names. */
export async function readCallers(client: IAMClient): Promise<Caller[]> {
  const roles: RoleDetail[] = [];
  const managed = new Map<string, string>();
  const pages = paginateGetAccountAuthorizationDetails(
    { client },
    { Filter: ["Role", "LocalManagedPolicy", "AWSManagedPolicy"] },
  );
  for await (const { RoleDetailList = [], Policies = [] } of pages) {
    roles.push(...RoleDetailList);
    for (const { Arn = "", PolicyVersionList = [] } of Policies) {
      const version = PolicyVersionList.find(({ IsDefaultVersion }) => IsDefaultVersion);
      if (version?.Document !== undefined) managed.set(Arn, version.Document);
    }
  }
  return roles
    .map((role) =>
      roleCaller(role, [
        ...(role.RolePolicyList ?? []).map(({ PolicyName = "", PolicyDocument = "" }) => ({
          name: PolicyName,
          document: PolicyDocument,
        })),
        ...(role.AttachedManagedPolicies ?? []).map(({ PolicyName = "", PolicyArn = "" }) => ({
          name: PolicyName,
          document: managed.get(PolicyArn) ?? "",
        })),
      ]),
    )
    .filter(({ identity }) => identity.type !== "policies" || identity.policies.some(holdsPermission))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Whether a policy allows anything on Lattice's services, under whatever conditions. */
function holdsPermission({ document }: NamedPolicy): boolean {
  const statements: readonly Statement[] = [document.Statement].flat();
  return statements.some(
    ({ Effect, Action }) =>
      Effect === "Allow" &&
      (Action === undefined ||
        [Action].flat().some((action) => canBeginWith(action.toLowerCase(), "vpc-lattice-svcs:"))),
  );
}

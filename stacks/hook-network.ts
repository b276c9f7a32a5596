/**
 * Where hooks are asked from, as the environment of the deployment says: ids of subnets and of security groups, with commas between
 * them. Lattice answers only to callers in an associated VPC, so that hooks at addresses need it. Undefined where nothing is said.
 */
export function hookNetwork({
  ESPALIER_HOOK_SUBNETS: subnets = "",
  ESPALIER_HOOK_SECURITY_GROUPS: groups = "",
}: NodeJS.ProcessEnv): { privateSubnets: string[]; securityGroups: string[] } | undefined {
  const [privateSubnets, securityGroups] = [listed(subnets), listed(groups)];
  if (privateSubnets.length === 0 && securityGroups.length === 0) return undefined;
  if (privateSubnets.length > 0 && securityGroups.length > 0) return { privateSubnets, securityGroups };
  throw new Error(
    `ESPALIER_HOOK_SUBNETS is ${JSON.stringify(subnets)} and ESPALIER_HOOK_SECURITY_GROUPS is ${JSON.stringify(groups)}; set both, or neither`,
  );
}

const listed = (ids: string): string[] =>
  ids
    .split(",")
    .map((id) => id.trim())
    .filter((id) => id !== "");

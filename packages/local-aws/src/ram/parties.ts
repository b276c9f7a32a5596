import { AwsError } from "../aws-error.ts";
import type { Call, Platform } from "../platform.ts";

/** What is to be shared, and with whom, as a request names them. */
interface Named {
  readonly resourceArns?: readonly string[] | undefined;
  readonly principals?: readonly string[] | undefined;
}

/**
 * The resources and accounts of a request: services and service networks of the caller's own, and accounts by their number.
 * Throws AwsError where RAM would refuse them.
 */
export async function partiesOf(
  platform: Platform,
  call: Call,
  { resourceArns = [], principals = [] }: Named,
): Promise<{ readonly resources: readonly string[]; readonly principals: readonly string[] }> {
  for (const arn of resourceArns) await checkResource(platform, call, arn);
  for (const principal of principals) checkPrincipal(call, principal);
  return { resources: [...new Set(resourceArns)], principals: [...new Set(principals)] };
}

/** The type of a resource as RAM names it. */
export function resourceTypeOf(arn: string): string {
  return arn.includes(":servicenetwork/") ? "vpc-lattice:ServiceNetwork" : "vpc-lattice:Service";
}

async function checkResource({ call: ask }: Platform, { caller, account, region }: Call, arn: string) {
  const [, , service, home, owner] = arn.split(":");
  const kind = /:(service|servicenetwork)\/[a-z]+-[0-9a-z]{17}$/.exec(arn)?.[1];
  if (service !== "vpc-lattice" || kind === undefined) {
    const message = `${arn} cannot be shared by this local AWS; services and service networks of VPC Lattice can`;
    throw new AwsError("MalformedArnException", message);
  }
  if (owner !== account || home !== region) {
    const message = `${arn} belongs to account ${owner} in ${home}; only its owner shares it, where it is`;
    throw new AwsError("OperationNotPermittedException", message);
  }
  const found =
    kind === "service"
      ? await ask(caller, "vpc-lattice", "GetService", { serviceIdentifier: arn }, region)
      : await ask(caller, "vpc-lattice", "GetServiceNetwork", { serviceNetworkIdentifier: arn }, region);
  if (found.sharingConfig?.enabled === false) {
    const message = `Sharing is not enabled for ${arn}; it was created with sharingConfig.enabled false`;
    throw new AwsError("OperationNotPermittedException", message);
  }
}

function checkPrincipal({ account }: Call, principal: string) {
  if (/^\d{12}$/.test(principal) && principal !== account) return;
  const message = `Principal ${principal} is not the number of another account; organisations, roles and services are not offered by this local AWS`;
  throw new AwsError("InvalidParameterException", message);
}

import { AwsError } from "../../aws-error.ts";
import type { Operation } from "../../platform.ts";

/** Lattice's operations that the embedded one does not have. Calling one says so by name. */
const names = [
  "CreateResourceConfiguration",
  "CreateResourceGateway",
  "CreateServiceNetworkResourceAssociation",
  "DeleteDomainVerification",
  "DeleteResourceConfiguration",
  "DeleteResourceEndpointAssociation",
  "DeleteResourceGateway",
  "DeleteServiceNetworkResourceAssociation",
  "GetDomainVerification",
  "GetResourceConfiguration",
  "GetResourceGateway",
  "GetServiceNetworkResourceAssociation",
  "ListDomainVerifications",
  "ListResourceConfigurations",
  "ListResourceEndpointAssociations",
  "ListResourceGateways",
  "ListServiceNetworkResourceAssociations",
  "ListServiceNetworkVpcEndpointAssociations",
  "StartDomainVerification",
  "UpdateResourceConfiguration",
  "UpdateResourceGateway",
] as const;

/** An operation for each of them, that answers with an error naming it. */
export function notOffered(): Record<string, Operation<object, never>> {
  return Object.fromEntries(
    names.map((name) => [
      name,
      {
        permissions: () => [],
        run: () => {
          throw new AwsError(
            "NotImplementedException",
            `vpc-lattice:${name} is not offered by this local AWS`,
            501,
          );
        },
      },
    ]),
  );
}

import * as z from "zod";
import { activeVpcAssociation } from "../active-vpc-association.ts";
import type { ControlPlane } from "../control-plane.ts";
import { conflict } from "../errors.ts";
import { arns } from "../identifiers.ts";
import { operation } from "../operation.ts";
import { permission } from "../permission.ts";
import { pick } from "../pick.ts";
import { identifier } from "../shapes/identifier.ts";
import { listOf } from "../shapes/text.ts";
import { vpcAssociationView } from "../views/vpc-association.ts";

const Input = z.object({
  serviceNetworkVpcAssociationIdentifier: identifier.vpcAssociation,
  securityGroupIds: listOf(identifier.securityGroup, 1, 5),
});

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_UpdateServiceNetworkVpcAssociation.html */
export function updateServiceNetworkVpcAssociation({ store, platform, lifeCycle }: ControlPlane) {
  return operation(Input, {
    permissions: ({ serviceNetworkVpcAssociationIdentifier: identifier, securityGroupIds }, call) => [
      permission(store, "UpdateServiceNetworkVpcAssociation", arns(call).vpcAssociation(identifier), {
        "vpc-lattice:SecurityGroupIds": securityGroupIds,
      }),
      { action: "ec2:DescribeSecurityGroups", resource: "*" },
    ],
    run: ({ serviceNetworkVpcAssociationIdentifier: identifier, securityGroupIds }) => {
      const association = activeVpcAssociation(store, identifier);
      if (association.securityGroupIds.length === 0) {
        throw conflict(
          "SERVICE_NETWORK_VPC_ASSOCIATION",
          association.id,
          `Association ${association.id} was created without security groups`,
        );
      }
      const updated = lifeCycle.begin(store.vpcAssociations, {
        ...association,
        securityGroupIds,
        status: "UPDATE_IN_PROGRESS",
        lastUpdatedAt: platform.clock.now(),
      });
      return pick(vpcAssociationView(store, updated), "id", "arn", "status", "createdBy", "securityGroupIds");
    },
  });
}

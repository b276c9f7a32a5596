import * as z from "zod";
import type { ControlPlane } from "../control-plane.ts";
import { conflict } from "../errors.ts";
import { checkVpc } from "../existing-vpc.ts";
import { arns } from "../identifiers.ts";
import { lookup } from "../lookup.ts";
import { operation } from "../operation.ts";
import { permission } from "../permission.ts";
import { pick } from "../pick.ts";
import { DnsOptions } from "../shapes/dns-options.ts";
import { identifier } from "../shapes/identifier.ts";
import { clientToken, tags } from "../shapes/members.ts";
import { listOf } from "../shapes/text.ts";
import { requestTags, tagNew, tagPermissions } from "../tagging.ts";
import { vpcAssociationView } from "../views/vpc-association.ts";
import { withinQuota } from "../within-quota.ts";

const Input = z.object({
  serviceNetworkIdentifier: identifier.network,
  vpcIdentifier: identifier.vpc,
  securityGroupIds: listOf(identifier.securityGroup, 0, 5).default([]),
  privateDnsEnabled: z.boolean().optional(),
  dnsOptions: DnsOptions.optional(),
  tags: tags.optional(),
  clientToken,
});

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_CreateServiceNetworkVpcAssociation.html */
export function createServiceNetworkVpcAssociation({
  store,
  platform,
  settings,
  lifeCycle,
  tokens,
}: ControlPlane) {
  const name = "CreateServiceNetworkVpcAssociation";
  return operation(Input, {
    permissions: (input, call) => {
      const arn = arns(call).vpcAssociation("*");
      const network = arns(call).network(input.serviceNetworkIdentifier);
      const context = {
        "vpc-lattice:ServiceNetworkArn": network,
        "vpc-lattice:VpcId": input.vpcIdentifier,
        ...(input.securityGroupIds.length > 0 && {
          "vpc-lattice:SecurityGroupIds": input.securityGroupIds,
        }),
        ...requestTags(input.tags),
      };
      return [
        ...[arn, network].map((resource) => permission(store, name, resource, context)),
        ...tagPermissions(arn, name, input.tags),
        { action: "ec2:DescribeVpcs", resource: "*" },
        ...(input.securityGroupIds.length > 0
          ? [{ action: "ec2:DescribeSecurityGroups", resource: "*" }]
          : []),
      ];
    },
    run: async (input, call) => {
      await checkVpc(platform, call, input.vpcIdentifier);
      return tokens.once(call, name, input, () => {
        const network = lookup(store).network(input.serviceNetworkIdentifier);
        const taken = store.vpcAssociations.find(({ vpcId }) => vpcId === input.vpcIdentifier);
        if (taken !== undefined) {
          throw conflict(
            "SERVICE_NETWORK_VPC_ASSOCIATION",
            taken.id,
            `VPC ${input.vpcIdentifier} already has an association, with ${taken.networkId}, in status ${taken.status}`,
          );
        }
        const others = store.vpcAssociations.filter(({ networkId }) => networkId === network.id);
        withinQuota(settings, "vpcAssociationsPerNetwork", others.length + 1);
        const id = `snva-${platform.hexId(17)}`;
        const now = platform.clock.now();
        const association = lifeCycle.begin(store.vpcAssociations, {
          id,
          arn: arns(call).vpcAssociation(id),
          networkId: network.id,
          vpcId: input.vpcIdentifier,
          status: "CREATE_IN_PROGRESS",
          createdBy: call.account,
          securityGroupIds: input.securityGroupIds,
          privateDnsEnabled: input.privateDnsEnabled,
          dnsOptions: input.dnsOptions,
          createdAt: now,
          lastUpdatedAt: now,
        });
        tagNew(store, association.arn, input.tags);
        return pick(
          vpcAssociationView(store, association),
          "id",
          "arn",
          "status",
          "createdBy",
          "securityGroupIds",
          "privateDnsEnabled",
          "dnsOptions",
        );
      });
    },
  });
}

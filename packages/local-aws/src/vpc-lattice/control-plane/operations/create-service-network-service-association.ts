import * as z from "zod";
import { AwsError } from "../../../aws-error.ts";
import type { Call } from "../../../platform.ts";
import type { ControlPlane } from "../control-plane.ts";
import { conflict } from "../errors.ts";
import { arns } from "../identifiers.ts";
import { lookup } from "../lookup.ts";
import { operation } from "../operation.ts";
import { ownedBy } from "../ownership.ts";
import { permission } from "../permission.ts";
import { pick } from "../pick.ts";
import type { Service, ServiceNetwork } from "../records.ts";
import { identifier } from "../shapes/identifier.ts";
import { clientToken, tags } from "../shapes/members.ts";
import type { Store } from "../store.ts";
import { requestTags, tagNew, tagPermissions } from "../tagging.ts";
import { serviceAssociationView } from "../views/service-association.ts";
import { withinQuota } from "../within-quota.ts";

const Input = z.object({
  serviceIdentifier: identifier.service,
  serviceNetworkIdentifier: identifier.network,
  tags: tags.optional(),
  clientToken,
});

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_CreateServiceNetworkServiceAssociation.html */
export function createServiceNetworkServiceAssociation(plane: ControlPlane) {
  const { store, platform, settings, lifeCycle, tokens } = plane;
  const name = "CreateServiceNetworkServiceAssociation";
  return operation(Input, {
    permissions: (input, call) => {
      const arn = arns(call).serviceAssociation("*");
      const service = arns(call).service(input.serviceIdentifier);
      const network = arns(call).network(input.serviceNetworkIdentifier);
      const context = {
        "vpc-lattice:ServiceArn": service,
        "vpc-lattice:ServiceNetworkArn": network,
        ...requestTags(input.tags),
      };
      return [
        ...[arn, service, network].map((resource) => permission(store, name, resource, context)),
        ...tagPermissions(arn, name, input.tags),
      ];
    },
    run: (input, call) =>
      tokens.once(call, name, input, () => {
        const service = lookup(store).service(input.serviceIdentifier);
        const network = lookup(store).network(input.serviceNetworkIdentifier);
        checkFree(store, service, network);
        checkSides(call, service, network);
        const others = store.serviceAssociations.filter(({ networkId }) => networkId === network.id);
        withinQuota(settings, "serviceAssociationsPerNetwork", others.length + 1);
        const id = `snsa-${platform.hexId(17)}`;
        const now = platform.clock.now();
        const association = lifeCycle.begin(store.serviceAssociations, {
          id,
          arn: arns(call).serviceAssociation(id),
          networkId: network.id,
          serviceId: service.id,
          status: "CREATE_IN_PROGRESS",
          createdBy: call.account,
          createdAt: now,
          lastUpdatedAt: now,
        });
        tagNew(store, association.arn, input.tags);
        return pick(
          serviceAssociationView(store, association),
          "id",
          "arn",
          "status",
          "createdBy",
          "customDomainName",
          "dnsEntry",
        );
      }),
  });
}

/** One of the two is the caller's own. https://docs.aws.amazon.com/vpc-lattice/latest/ug/sharing.html */
function checkSides(call: Call, service: Service, network: ServiceNetwork): void {
  if ([service, network].some(ownedBy(call))) return;
  const message = `Neither service ${service.id} nor service network ${network.id} belongs to account ${call.account}; what is shared with an account goes only with its own`;
  throw new AwsError("AccessDeniedException", message, 403);
}

function checkFree(store: Store, service: Service, network: ServiceNetwork): void {
  if (service.status === "DELETE_IN_PROGRESS") {
    throw conflict("SERVICE", service.id, `Service ${service.id} is being deleted`);
  }
  for (const other of store.serviceAssociations.filter(({ networkId }) => networkId === network.id)) {
    if (other.serviceId === service.id) {
      throw conflict(
        "SERVICE_NETWORK_SERVICE_ASSOCIATION",
        other.id,
        `The association already exists, its status is ${other.status}`,
      );
    }
    const sameDomain =
      service.customDomainName !== undefined &&
      store.services.get(other.serviceId)?.customDomainName === service.customDomainName;
    if (sameDomain) {
      throw conflict(
        "SERVICE",
        other.serviceId,
        `Service network ${network.id} already has a service with the custom domain name ${service.customDomainName}`,
      );
    }
  }
}

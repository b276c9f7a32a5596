import { conflict } from "./errors.ts";
import { lookup } from "./lookup.ts";
import type { VpcAssociation } from "./records.ts";
import type { Store } from "./store.ts";

/** The association of a VPC, which can be changed or ended only while it is ACTIVE. Throws what Lattice would answer. */
export function activeVpcAssociation(store: Store, identifier: string): VpcAssociation {
  const association = lookup(store).vpcAssociation(identifier);
  if (association.status === "ACTIVE") return association;
  throw conflict(
    "SERVICE_NETWORK_VPC_ASSOCIATION",
    association.id,
    `Association ${association.id} is ${association.status}`,
  );
}

import { documentWarnings } from "../checks/document-warnings.ts";
import type { TopologyDocument } from "../document/document.ts";
import type { Existing } from "../existing.ts";
import type { Change } from "./change.ts";
import { planOtherNetworks } from "./other-networks.ts";
import { missingOf } from "./plan-action.ts";
import { planGroupRemovals } from "./plan-group-removals.ts";
import { planNetworkRemovals, planNetworks } from "./plan-networks.ts";
import { planServiceRemovals, planServices } from "./plan-services.ts";
import { planTargetGroups } from "./plan-target-groups.ts";
import { sightOf } from "./sight.ts";
import type { Warning } from "./warning.ts";

/** Everything that the document has or had, each with what has to happen to it. */
export interface Plan {
  readonly changes: readonly Change[];
  readonly warnings: readonly Warning[];
}

/**
 * What would make Lattice as the document says. The changes that are ready can be made in any order and at the same time;
 * planning again afterwards shows the next ones, until nothing is left to do.
 */
export function plan(document: TopologyDocument, existing: Existing, adopt: readonly string[] = []): Plan {
  const sight = sightOf(document, existing, adopt);
  const groups = planTargetGroups(sight);
  const services = [...planServices(sight, missingOf(groups)), ...planServiceRemovals(sight)];
  return {
    changes: [
      ...groups,
      ...planNetworks(sight),
      ...planOtherNetworks(sight),
      ...services,
      ...planGroupRemovals(sight, services),
      ...planNetworkRemovals(sight),
    ],
    warnings: documentWarnings(sight),
  };
}

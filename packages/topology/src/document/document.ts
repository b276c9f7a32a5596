import * as z from "zod";
import { Tags } from "./fields.ts";
import { NetworkName, ServiceName, TargetGroupName, TopologyName } from "./named.ts";
import { Network } from "./network.ts";
import { Service } from "./service.ts";
import { TargetGroup } from "./target-group.ts";

/**
 * What is to exist in Lattice, by name. The document's own name is written on everything that is made for it, and what
 * does not carry it is neither changed nor deleted.
 */
export const TopologyDocument = z.strictObject({
  name: TopologyName,
  tags: Tags,
  networks: z.record(NetworkName, Network).default({}),
  targetGroups: z.record(TargetGroupName, TargetGroup).default({}),
  services: z.record(ServiceName, Service).default({}),
});
export type TopologyDocument = z.infer<typeof TopologyDocument>;

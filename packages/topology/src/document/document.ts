import * as z from "zod";
import { Tags } from "./fields.ts";
import { NetworkName, ServiceName, TargetGroupName, TopologyName } from "./named.ts";
import { Network } from "./network.ts";
import { Service } from "./service.ts";
import { TargetGroup } from "./target-group.ts";

const roleError = "role is the ARN of a role, arn:aws:iam::…:role/…";

/** The role as which a document is read and applied, where it is another account's. */
const Role = z
  .string({ error: roleError })
  .regex(/^arn:[a-z0-9-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/, { error: roleError });

/**
 * What is to exist in Lattice, by name. The document's own name is written on everything that is made for it, and what
 * does not carry it is neither changed nor deleted.
 */
export const TopologyDocument = z.strictObject(
  {
    name: TopologyName,
    tags: Tags,
    role: Role.optional(),
    networks: z.record(NetworkName, Network).default({}),
    targetGroups: z.record(TargetGroupName, TargetGroup).default({}),
    services: z.record(ServiceName, Service).default({}),
  },
  { error: "a topology document is an object with at least a name" },
);
export type TopologyDocument = z.infer<typeof TopologyDocument>;

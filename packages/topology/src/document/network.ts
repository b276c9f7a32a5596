import * as z from "zod";
import { AccessLogs } from "./access-logs.ts";
import { AuthPolicy } from "./auth-policy.ts";
import { AuthType, Tags, text, VpcId } from "./fields.ts";
import { Share } from "./share.ts";

/** A VPC whose callers may enter the network; security groups say who in the VPC may. */
const VpcAssociation = z.strictObject({
  vpc: VpcId,
  securityGroups: z
    .array(text("a security group", 64))
    .max(5, { error: "an association has at most 5 security groups" })
    .default([]),
});

/** A service network that this document makes, and the VPCs associated with it. */
export const OwnNetwork = z.strictObject({
  authType: AuthType,
  policy: AuthPolicy.optional(),
  vpcs: z.array(VpcAssociation).default([]),
  accessLogs: AccessLogs,
  share: Share.optional(),
  tags: Tags,
});
export type OwnNetwork = z.infer<typeof OwnNetwork>;

const arnError =
  "a network of another account is named by its ARN, arn:aws:vpc-lattice:…:servicenetwork/sn-…";

/** Found by its ARN, for the name that the document has for it is its own. */
const FarNetwork = z.strictObject({
  arn: z
    .string({ error: arnError })
    .regex(/^arn:[a-z0-9-]+:vpc-lattice:[a-z0-9-]+:\d{12}:servicenetwork\/sn-[0-9a-z]{17}$/, {
      error: arnError,
    }),
});

/**
 * A service network: made by this document, or somebody else's, which services may join and which is never changed:
 * `external` is found by the name that the document has for it, another account's by its ARN too.
 */
export const Network = z.union([z.literal("external"), FarNetwork, OwnNetwork], {
  error: 'a network is what it is to be, "external", or {arn}',
});
export type Network = z.infer<typeof Network>;

/** Whether the document makes it. */
export const isOwn = (network: Network): network is OwnNetwork =>
  network !== "external" && !("arn" in network);

/** The networks that a document makes, by name. */
export const ownNetworks = (networks: Readonly<Record<string, Network>>): [string, OwnNetwork][] =>
  Object.entries(networks).flatMap(([name, network]) => (isOwn(network) ? [[name, network]] : []));

import { createHash } from "node:crypto";
import type { TargetGroupConfig } from "@aws-sdk/client-vpc-lattice";
import type { Target, TargetType } from "@espalier/rollout";

/** The settings of a group of this type that is otherwise like another one; undefined where that one has no VPC to copy. */
export function settingsLike(
  { config = {}, type: like }: { config?: TargetGroupConfig | undefined; type?: string | undefined },
  type: TargetType,
): TargetGroupConfig | undefined {
  if (type === "LAMBDA") return { lambdaEventStructureVersion: config.lambdaEventStructureVersion ?? "V2" };
  const { port, protocol, protocolVersion, vpcIdentifier, ipAddressType, healthCheck } = config;
  if (port === undefined || protocol === undefined || vpcIdentifier === undefined) return undefined;
  // A load balancer checks its own targets: with one on either side there is no check to copy.
  const checked = type !== "ALB" && like !== "ALB" && healthCheck !== undefined;
  return {
    ...{ port, protocol, vpcIdentifier },
    ...(protocol === "TCP" || protocolVersion === undefined ? {} : { protocolVersion }),
    ...(type === "IP" ? { ipAddressType: ipAddressType ?? "IPV4" } : {}),
    ...(checked ? { healthCheck } : {}),
  };
}

/** A text that is the same for groups set alike in everything that cannot be changed later. */
export function settingsText(type: string, config: TargetGroupConfig = {}): string {
  const { port, protocol, protocolVersion, vpcIdentifier, ipAddressType, lambdaEventStructureVersion } =
    config;
  const fixed = [port, protocol, protocolVersion, vpcIdentifier, ipAddressType, lambdaEventStructureVersion];
  return [type, ...fixed.map((one) => one ?? "-")].join(" ");
}

/** A text that is the same for the same settings and targets, in any order, and short enough for a tag. */
export function contentsText(settings: string, targets: readonly Target[]): string {
  return digest(settings, ...targets.map(({ id, port }) => `${id} ${port ?? "-"}`).sort());
}

/** 64 letters and digits that stand for these texts. */
export function digest(...texts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(texts)).digest("hex");
}

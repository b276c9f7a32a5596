import * as z from "zod";

/**
 * A name as Lattice takes it: lower-case letters, digits and single hyphens between them, not beginning like one of
 * Lattice's ids (https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_CreateService.html).
 */
function named(what: string, min: number, max: number, idPrefix?: string) {
  const rule = `the name of ${what} has ${min} to ${max} lower-case letters, digits and single hyphens between them${
    idPrefix ? `, and does not begin with ${idPrefix}` : ""
  }`;
  const notAnId = idPrefix ? `(?!${idPrefix})` : "";
  const pattern = new RegExp(`^(?=.{${min},${max}}$)${notAnId}[a-z0-9]+(-[a-z0-9]+)*$`);
  return z.string({ error: rule }).regex(pattern, { error: rule });
}

export const TopologyName = named("a topology", 1, 63);
export const NetworkName = named("a service network", 3, 63, "sn-");
export const ServiceName = named("a service", 3, 40, "svc-");
export const TargetGroupName = named("a target group", 3, 128, "tg-");
export const ListenerName = named("a listener", 3, 63, "listener-");
export const RuleName = named("a rule", 3, 63, "rule-");

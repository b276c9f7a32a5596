import type { Named } from "@espalier/rollout";

/** The tags by which a target group is known to be made here: only such a group is ever refilled or deleted. */
export const groupTags = {
  /** The ARN of the service that it was made for. */
  service: "espalier:made-for",
  /** The last rollout that it was an arm of. */
  rollout: "espalier:rollout",
  /** Stands for the targets that it is to hold. */
  contents: "espalier:contents",
} as const;

/** What the names of the groups begin with that were made for a service or for any, so that the tags of others need not be read. */
export const namePrefix = (service?: Named): string =>
  service === undefined ? "espalier-" : `espalier-${service.name}-`;

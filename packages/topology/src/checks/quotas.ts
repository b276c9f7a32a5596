/** How many of something there can be in one place, and the code under which more are asked for. */
export interface Quota {
  readonly most: number;
  readonly code: string;
  readonly what: string;
}

/**
 * What Lattice allows an account that has not asked for more:
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/quotas.html
 */
export const quotas = {
  networks: { most: 50, code: "L-9CAD07FB", what: "service networks in a region" },
  services: { most: 2000, code: "L-620C821E", what: "services in a region" },
  targetGroups: { most: 500, code: "L-BB11C6B9", what: "target groups in a region" },
  serviceAssociations: { most: 500, code: "L-75D4A19E", what: "services in a network" },
  vpcAssociations: { most: 500, code: "L-EF6E2D62", what: "VPCs in a network" },
  listeners: { most: 2, code: "L-D64E952E", what: "listeners of a service" },
  rules: { most: 10, code: "L-CF78395E", what: "rules of a listener" },
  groupsOfService: { most: 10, code: "L-3DEC3B9F", what: "target groups of a service" },
  targets: { most: 1000, code: "L-D71303F3", what: "targets of a target group" },
} as const satisfies Record<string, Quota>;

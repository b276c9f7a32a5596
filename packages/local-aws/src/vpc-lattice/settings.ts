import { type DoorLimits, doorLimits } from "./data-plane/door/limits.ts";

/** What can be set about the embedded Lattice. Times are milliseconds of AWS time. */
export interface LatticeSettings {
  /** How a rule chooses among its target groups: by seeded chance as on AWS, or evenly, so that 80/20 over 100 is exact. */
  readonly choice: "random" | "deterministic";
  /** How long a service, target group or association stays in an in-progress state. 0: it is settled at once. */
  readonly transitionMs: number;
  /** How long after its minute a metric can be seen. */
  readonly metricLagMs: number;
  /** How long after a request its line of the access log can be read in CloudWatch Logs, and in S3; at the latest. */
  readonly accessLogLagMs: { readonly logs: number; readonly s3: number };
  /** A folder for what access logs write to S3, with a folder for each bucket; without it they go to the embedded S3. */
  readonly accessLogFolder: string | undefined;
  /** How long the data plane goes on with what it knew after a change. */
  readonly propagationMs: number;
  /** The organisation (`o-50dc6c495c`) that all accounts here belong to; by default there is none. */
  readonly organization: string | undefined;
  /** How far the date of a signed request may be from the wall clock, in seconds. */
  readonly clockSkewSeconds: number;
  /** How many requests a service takes in a second of wall time; what is beyond is refused. Infinity: any number. */
  readonly requestsPerSecond: number;
  readonly door: DoorLimits;
  readonly quotas: Quotas;
}

/** See https://docs.aws.amazon.com/vpc-lattice/latest/ug/quotas.html */
export interface Quotas {
  readonly serviceNetworks: number;
  readonly services: number;
  readonly targetGroups: number;
  readonly serviceAssociationsPerNetwork: number;
  readonly vpcAssociationsPerNetwork: number;
  readonly listenersPerService: number;
  readonly rulesPerListener: number;
  readonly targetGroupsPerService: number;
  readonly targetsPerGroup: number;
}

/** AWS's own. */
export const defaultQuotas: Quotas = {
  serviceNetworks: 50,
  services: 2_000,
  targetGroups: 500,
  serviceAssociationsPerNetwork: 500,
  vpcAssociationsPerNetwork: 500,
  listenersPerService: 2,
  rulesPerListener: 10,
  targetGroupsPerService: 10,
  targetsPerGroup: 1_000,
};

/** AWS's own figures where it gives them. */
export const defaultSettings: LatticeSettings = {
  choice: "random",
  transitionMs: 3_000,
  metricLagMs: 60_000,
  accessLogLagMs: { logs: 120_000, s3: 360_000 },
  accessLogFolder: undefined,
  propagationMs: 0,
  organization: undefined,
  clockSkewSeconds: 300,
  requestsPerSecond: 10_000,
  door: doorLimits,
  quotas: defaultQuotas,
};

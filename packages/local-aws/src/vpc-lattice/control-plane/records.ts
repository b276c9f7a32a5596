import type { DnsOptions } from "./shapes/dns-options.ts";
import type { RuleAction } from "./shapes/rule-action.ts";
import type { RuleMatch } from "./shapes/rule-match.ts";
import type { TargetGroupConfig } from "./target-group-config.ts";

/** A thing that comes and goes in steps. */
export type Status = "CREATE_IN_PROGRESS" | "ACTIVE" | "UPDATE_IN_PROGRESS" | "DELETE_IN_PROGRESS";
export type AuthType = "NONE" | "AWS_IAM";

/** What all records have. Records are never changed, only replaced; times are AWS time in milliseconds since the epoch. */
interface Kept {
  readonly id: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly lastUpdatedAt: number;
}

export interface ServiceNetwork extends Kept {
  readonly name: string;
  readonly authType: AuthType;
  readonly sharingEnabled: boolean;
}

export interface Service extends Kept {
  readonly name: string;
  readonly status: Status;
  readonly authType: AuthType;
  readonly domainName: string;
  readonly customDomainName: string | undefined;
  readonly certificateArn: string | undefined;
  readonly idleTimeoutSeconds: number;
}

export interface Listener extends Kept {
  readonly serviceId: string;
  readonly name: string;
  readonly protocol: "HTTP" | "HTTPS" | "TLS_PASSTHROUGH";
  readonly port: number;
  /** The rule that holds the default action. */
  readonly defaultRuleId: string;
}

export interface Rule extends Kept {
  readonly serviceId: string;
  readonly listenerId: string;
  readonly name: string;
  readonly isDefault: boolean;
  readonly priority: number;
  /** Absent on the default rule, which matches everything. */
  readonly match: RuleMatch | undefined;
  readonly action: RuleAction;
}

export interface TargetGroup extends Kept {
  readonly name: string;
  readonly status: Status;
  readonly config: TargetGroupConfig;
}

/** A target of one group. `id` is its key in the store; `target` is what was registered: an address, an instance or an ARN. */
export interface Target {
  readonly id: string;
  readonly groupId: string;
  readonly target: string;
  /** Absent for Lambda functions. */
  readonly port: number | undefined;
  readonly draining: boolean;
}

export interface ServiceAssociation extends Kept {
  readonly networkId: string;
  readonly serviceId: string;
  readonly status: Status;
  readonly createdBy: string;
}

export interface VpcAssociation extends Kept {
  readonly networkId: string;
  readonly vpcId: string;
  readonly status: Status;
  readonly createdBy: string;
  readonly securityGroupIds: readonly string[];
  readonly privateDnsEnabled: boolean | undefined;
  readonly dnsOptions: DnsOptions | undefined;
}

/** The auth policy of a service or network; `id` is the id of what it is attached to. */
export interface AuthPolicy {
  readonly id: string;
  readonly policy: string;
  readonly createdAt: number;
  readonly lastUpdatedAt: number;
}

/** What other accounts may do with a service or network; `id` is the id of what it is attached to. */
export interface ResourcePolicy {
  readonly id: string;
  readonly policy: string;
}

/** Where the access log of a service, or of all services of a network, goes. */
export interface AccessLogSubscription extends Kept {
  readonly resourceId: string;
  readonly resourceArn: string;
  /** A log group, which ends in `:*`, a bucket with a prefix, or a Firehose stream. */
  readonly destinationArn: string;
  /** Only of networks. */
  readonly serviceNetworkLogType: "SERVICE" | "RESOURCE" | undefined;
}

/** The tags of the resource whose ARN is `id`. */
export interface Tagging {
  readonly id: string;
  readonly tags: Readonly<Record<string, string>>;
}

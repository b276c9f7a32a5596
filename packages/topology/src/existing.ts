/** What Lattice has, as far as a document is concerned: what carries its tag, and what has a name that it uses. */
export interface Existing {
  readonly networks: readonly ExistingNetwork[];
  /** Networks that the document does not make: those that it names, and those that a service of its own is in. */
  readonly otherNetworks: readonly ExistingOtherNetwork[];
  readonly services: readonly ExistingService[];
  readonly targetGroups: readonly ExistingTargetGroup[];
  /** How many more the account has in the region, none of which is any of the document's. */
  readonly elsewhere: {
    readonly networks: number;
    readonly services: number;
    readonly targetGroups: number;
  };
}

type Tagged = { readonly id: string; readonly arn: string; readonly tags: Readonly<Record<string, string>> };

/** Lattice's own word: ACTIVE, CREATE_IN_PROGRESS, CREATE_FAILED and so on. */
type Living = { readonly status: string };

export interface ExistingNetwork extends Tagged {
  readonly name: string;
  readonly authType: string;
  /** JSON text; empty where there is none. */
  readonly policy: string;
  readonly vpcs: readonly ExistingVpcAssociation[];
  readonly services: readonly ExistingServiceAssociation[];
  readonly accessLogs: readonly ExistingAccessLog[];
  readonly share: ExistingShare | undefined;
}

/** A network as those see it who may only join it. */
export interface ExistingOtherNetwork {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  /** Of the document's services. */
  readonly services: readonly ExistingServiceAssociation[];
}

export interface ExistingVpcAssociation extends Tagged, Living {
  readonly vpc: string;
  readonly securityGroups: readonly string[];
}

export interface ExistingServiceAssociation extends Tagged, Living {
  readonly service: string;
  readonly serviceArn: string;
}

export interface ExistingAccessLog extends Tagged {
  readonly destination: string;
}

/** A resource share that this document made for one network or service. */
export interface ExistingShare {
  readonly arn: string;
  readonly principals: readonly string[];
}

export interface ExistingService extends Tagged, Living {
  readonly name: string;
  readonly authType: string;
  readonly idleTimeoutSeconds: number;
  readonly policy: string;
  /** The name Lattice made for it; empty until there is one. */
  readonly domainName: string;
  readonly customDomain: string | undefined;
  readonly certificate: string | undefined;
  readonly listeners: readonly ExistingListener[];
  readonly accessLogs: readonly ExistingAccessLog[];
  readonly share: ExistingShare | undefined;
}

export interface ExistingListener extends Tagged {
  readonly name: string;
  readonly protocol: string;
  readonly port: number;
  readonly defaultAction: LatticeAction;
  /** Without the default rule. */
  readonly rules: readonly ExistingRule[];
}

export interface ExistingRule extends Tagged {
  readonly name: string;
  readonly priority: number;
  readonly match: LatticeMatch;
  readonly action: LatticeAction;
}

export interface ExistingTargetGroup extends Tagged, Living {
  readonly name: string;
  readonly type: string;
  readonly port: number | undefined;
  readonly protocol: string | undefined;
  readonly protocolVersion: string | undefined;
  readonly ipAddressType: string | undefined;
  readonly vpc: string | undefined;
  readonly lambdaEventStructureVersion: string | undefined;
  readonly healthCheck: LatticeHealthCheck | undefined;
  /** ARNs of the services whose rules name it, with whatever weight. */
  readonly usedBy: readonly string[];
  readonly targets: readonly {
    readonly id: string;
    readonly port: number | undefined;
    readonly status: string;
  }[];
  /** The resource policy of the function that is its target, as JSON text: empty where it has none, undefined where there is no function. */
  readonly functionPolicy: string | undefined;
}

/** An action in Lattice's own shape, target groups by id and in Lattice's order. */
export type LatticeAction =
  | { readonly forward: { readonly targetGroups: readonly WeightedGroup[] } }
  | { readonly fixedResponse: { readonly statusCode: number } };

export interface WeightedGroup {
  readonly targetGroupIdentifier: string;
  readonly weight: number;
}

/** A rule's conditions in Lattice's own shape. */
export interface LatticeMatch {
  readonly httpMatch: {
    readonly method?: string | undefined;
    readonly pathMatch?:
      | { readonly match: Comparison; readonly caseSensitive?: boolean | undefined }
      | undefined;
    readonly headerMatches?:
      | readonly {
          readonly name: string;
          readonly match: Comparison;
          readonly caseSensitive?: boolean | undefined;
        }[]
      | undefined;
  };
}

type Comparison = { readonly exact?: string; readonly prefix?: string; readonly contains?: string };

/** A health check in Lattice's own shape; what is absent has Lattice's default. */
export interface LatticeHealthCheck {
  readonly enabled?: boolean | undefined;
  readonly protocol?: string | undefined;
  readonly protocolVersion?: string | undefined;
  readonly port?: number | undefined;
  readonly path?: string | undefined;
  readonly healthCheckIntervalSeconds?: number | undefined;
  readonly healthCheckTimeoutSeconds?: number | undefined;
  readonly healthyThresholdCount?: number | undefined;
  readonly unhealthyThresholdCount?: number | undefined;
  readonly matcher?: { readonly httpCode: string } | undefined;
}

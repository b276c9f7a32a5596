import { createAcm } from "./acm/acm.ts";
import type { Authority } from "./acm/authority.ts";
import { createDynamoDb } from "./dynamodb/dynamodb.ts";
import { createEc2, type Ec2 } from "./ec2/ec2.ts";
import { createEvents, type Events } from "./events/events.ts";
import { faultyDeliveries } from "./faults/delivery-faults.ts";
import type { FaultBook } from "./faults/faults.ts";
import { functionMishap } from "./faults/function-faults.ts";
import { gatewayPorts } from "./gateway-ports.ts";
import type { Iam } from "./iam/iam.ts";
import { createLambda, type Lambda } from "./lambda/lambda.ts";
import { createLogs, type Logs } from "./logs/logs.ts";
import { createMonitoring, type Monitoring } from "./monitoring/monitoring.ts";
import type { Platform, Service } from "./platform.ts";
import { createS3 } from "./s3/s3.ts";
import { createScheduler } from "./scheduler/scheduler.ts";
import { createSqs } from "./sqs/sqs.ts";
import { createSsm } from "./ssm/ssm.ts";
import { createStates } from "./states/create-states.ts";
import { createSts } from "./sts/sts.ts";
import type { IdentitySource } from "./vpc-lattice/data-plane/admission/authenticate.ts";
import { createLattice, type Lattice } from "./vpc-lattice/lattice.ts";
import type { LatticeSettings } from "./vpc-lattice/settings.ts";
import type { Catalogue } from "./wire/catalogue.ts";

/** Every service of the local AWS, and those that open a door to more than calls. */
export interface Services {
  named(name: string): Service | undefined;
  readonly all: readonly Service[];
  readonly ec2: Ec2;
  readonly events: Events;
  readonly lambda: Lambda;
  readonly lattice: Lattice;
  readonly logs: Logs;
  readonly monitoring: Monitoring;
  close(): Promise<void>;
}

export interface ServicesParts {
  readonly iam: Iam;
  readonly authority: Authority;
  readonly catalogue: Catalogue;
  /** Where the local AWS answers; asked when it is needed, for it is known last. */
  readonly endpoint: () => string;
  readonly latticeSettings: Partial<LatticeSettings>;
  readonly report: (fault: unknown) => void;
  readonly faults: FaultBook;
}

/** Makes the services, which know each other only through the platform. */
export function createServices(platform: Platform, parts: ServicesParts): Services {
  const { iam, catalogue, endpoint, report, faults } = parts;
  const ec2 = createEc2(platform);
  const events = createEvents(platform, faultyDeliveries(platform, faults));
  const acm = createAcm(platform, parts.authority);
  const lattice = createLattice(
    platform,
    { identity: identitySource(iam), certificates: acm },
    parts.latticeSettings,
  );
  const logs = createLogs(platform);
  const monitoring = createMonitoring(platform);
  const gateways = gatewayPorts(lattice, report);
  const lambda = createLambda(platform, {
    endpoint,
    credentialsOf: iam.credentialsOf,
    network: gateways.portOf,
    mishap: functionMishap(faults),
  });
  const all: readonly Service[] = [
    acm,
    createDynamoDb(platform, catalogue),
    createS3(platform),
    createScheduler(platform),
    createSqs(platform, endpoint),
    createSsm(platform),
    createStates(platform),
    createSts(iam),
    ec2,
    events,
    iam,
    lambda,
    lattice,
    logs,
    monitoring,
  ];
  const byName = new Map<string, Service>(all.map((service) => [service.name, service]));

  return {
    named: (name) => byName.get(name),
    all,
    ec2,
    events,
    lattice,
    logs,
    monitoring,
    lambda: {
      ...lambda,
      putFunction(settings) {
        if (settings.vpcId !== undefined) gateways.open(settings.vpcId);
        return lambda.putFunction(settings);
      },
    },
    async close() {
      for (const service of all) await service.close?.();
    },
  };
}

function identitySource(iam: Iam): IdentitySource {
  return (accessKeyId) => {
    const known = iam.callerOf(accessKeyId);
    return known === undefined ? undefined : { ...known, policies: iam.identityPolicies(known.caller) };
  };
}

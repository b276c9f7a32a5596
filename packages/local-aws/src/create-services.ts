import { type Acm, createAcm } from "./acm/acm.ts";
import type { Authority } from "./acm/authority.ts";
import { createDynamoDb } from "./dynamodb/dynamodb.ts";
import { createEc2, type Ec2 } from "./ec2/ec2.ts";
import { createElb, type Elb } from "./elb/elb.ts";
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
import type { Lattice } from "./vpc-lattice/lattice.ts";
import type { Catalogue } from "./wire/catalogue.ts";

/** The services of an account in a region, and those that open a door to more than calls. */
export interface Services {
  named(name: string): Service | undefined;
  readonly all: readonly Service[];
  readonly acm: Acm;
  readonly ec2: Ec2;
  readonly elb: Elb;
  readonly events: Events;
  readonly lambda: Lambda;
  readonly logs: Logs;
  readonly monitoring: Monitoring;
  close(): Promise<void>;
}

export interface ServicesParts {
  readonly iam: Iam;
  /** Who a role belongs to, whatever its account. */
  readonly iamOf: (roleArn: string) => Iam;
  /** One Lattice for all accounts. */
  readonly lattice: Lattice;
  readonly authority: Authority;
  readonly catalogue: Catalogue;
  /** Where the local AWS answers; asked when it is needed, for it is known last. */
  readonly endpoint: () => string;
  readonly report: (fault: unknown) => void;
  readonly faults: FaultBook;
}

/** Makes the services of an account in a region, which know each other only through the platform. */
export function createServices(platform: Platform, parts: ServicesParts): Services {
  const { iam, iamOf, lattice, catalogue, endpoint, report, faults } = parts;
  const ec2 = createEc2(platform);
  const elb = createElb(platform, ec2);
  const events = createEvents(platform, faultyDeliveries(platform, faults));
  const acm = createAcm(platform, parts.authority);
  const logs = createLogs(platform);
  const monitoring = createMonitoring(platform);
  const gateways = gatewayPorts(lattice, report);
  const lambda = createLambda(platform, {
    endpoint,
    credentialsOf: iam.credentialsOf,
    network: gateways.gatewayOf,
    authority: parts.authority.root,
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
    createSts(iam, iamOf),
    ec2,
    elb,
    events,
    iam,
    lambda,
    logs,
    monitoring,
  ];
  const byName = new Map<string, Service>(all.map((service) => [service.name, service]));

  return {
    named: (name) => byName.get(name),
    all,
    acm,
    ec2,
    elb,
    events,
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

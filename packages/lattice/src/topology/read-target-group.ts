import { GetTargetGroupCommand, type HealthCheckConfig } from "@aws-sdk/client-vpc-lattice";
import type { Existing, LatticeHealthCheck } from "@espalier/topology";
import type { TopologyClients } from "./clients.ts";
import { listTargets } from "./list.ts";
import { readFunctionPolicy } from "./read-function-policy.ts";
import type { Tagged } from "./read-topology.ts";

/** A target group with its targets, those that drain included. */
export async function readTargetGroup(
  { lattice: client, functions }: TopologyClients,
  thing: Tagged,
): Promise<Existing["targetGroups"][number]> {
  const [group, targets] = await Promise.all([
    client.send(new GetTargetGroupCommand({ targetGroupIdentifier: thing.id })),
    listTargets(client, thing.id),
  ]);
  const { config = {} } = group;
  const target = group.type === "LAMBDA" ? targets[0]?.id : undefined;
  return {
    ...thing,
    type: group.type ?? "",
    status: group.status ?? "",
    port: config.port,
    protocol: config.protocol,
    protocolVersion: config.protocolVersion,
    ipAddressType: config.ipAddressType,
    vpc: config.vpcIdentifier,
    lambdaEventStructureVersion: config.lambdaEventStructureVersion,
    healthCheck: config.healthCheck && readHealthCheck(config.healthCheck),
    usedBy: group.serviceArns ?? [],
    functionPolicy: target && (await readFunctionPolicy(functions, target)),
    targets: targets.map(({ id = "", port, status = "" }) => ({ id, port, status })),
  };
}

function readHealthCheck({ matcher, ...check }: HealthCheckConfig): LatticeHealthCheck {
  return { ...check, ...(matcher?.httpCode !== undefined && { matcher: { httpCode: matcher.httpCode } }) };
}

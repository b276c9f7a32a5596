import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { RAMClient } from "@aws-sdk/client-ram";
import { VPCLatticeClient, type VPCLatticeClientConfig } from "@aws-sdk/client-vpc-lattice";

/**
 * Whoever a topology is spread over: Lattice, shares in Resource Access Manager, functions that Lattice may invoke, and the logs
 * of who called.
 */
export interface TopologyClients {
  readonly lattice: VPCLatticeClient;
  readonly ram: RAMClient;
  readonly functions: LambdaClient;
  readonly logs: CloudWatchLogsClient;
}

type Settings = Pick<VPCLatticeClientConfig, "endpoint" | "region" | "credentials" | "maxAttempts">;

/** The clients with settings that they share; by default those of the environment. */
export const topologyClients = (settings: Settings = {}): TopologyClients => ({
  lattice: new VPCLatticeClient(settings),
  ram: new RAMClient(settings),
  functions: new LambdaClient(settings),
  logs: new CloudWatchLogsClient(settings),
});

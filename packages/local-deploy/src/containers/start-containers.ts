import path from "node:path";
import type { Graph } from "../graph/graph.ts";
import { containerPlans } from "./container-plan.ts";
import { type Container, startContainer } from "./start-container.ts";

/** The processes that stand for a graph's containers. */
export interface Containers {
  /** Where each deployed address (`10.0.10.10:80`) really is (`127.0.0.1:PORT`). */
  readonly addresses: ReadonlyMap<string, string>;
  /** Ends them and waits until they are gone. */
  close(): Promise<void>;
}

/** Starts a graph's containers as processes in `root`. Throws DeployError, leaving none behind, if one does not come up. */
export async function startContainers(graph: Graph, root: string): Promise<Containers> {
  const logs = path.join(root, ".sst/local-deploy/containers");
  const plans = containerPlans(graph);
  const started = await Promise.allSettled(plans.map((plan) => startContainer(plan, root, logs)));
  const containers = started.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const failure = started.find((one) => one.status === "rejected");
  if (failure) {
    await closeAll(containers);
    throw failure.reason;
  }
  const addresses = plans.flatMap(({ addresses }, index) =>
    addresses.map((address): [string, string] => [address, containers[index]?.address ?? ""]),
  );
  return { addresses: new Map(addresses), close: () => closeAll(containers) };
}

async function closeAll(containers: readonly Container[]): Promise<void> {
  await Promise.all(containers.map((container) => container.close()));
}

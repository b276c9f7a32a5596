import path from "node:path";
import type { LocalAws } from "@espalier/local-aws";
import { create } from "./create/create.ts";
import { remove } from "./create/remove.ts";
import { DeployError } from "./deploy-error.ts";
import type { Graph } from "./graph/graph.ts";
import { instancePlans } from "./instances/instance-plans.ts";
import { prepareDisk } from "./instances/prepare-disk.ts";
import { type Bundles, keepBundles } from "./keep-bundles.ts";
import { containerPlans } from "./processes/container-plans.ts";
import { startProcesses } from "./processes/start-processes.ts";
import { oneAtATime } from "./sst/one-at-a-time.ts";
import { runSst } from "./sst/run-sst.ts";
import { sstBinary } from "./sst/sst-binary.ts";

export interface DeployOptions {
  /** The directory of `sst.config.ts`. */
  readonly root: string;
  readonly stage: string;
  readonly aws: LocalAws;
  /** Whether to deploy the shop too, and run its containers and instances. */
  readonly shop?: boolean;
  /** Hears what is being done, a few words at a time. */
  readonly onProgress?: (doing: string) => void;
}

/** What was deployed, for as long as it is not closed. */
export interface Deployment {
  /** What the program returned: names, ARNs, addresses. */
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly graph: Graph;
  /** What the functions answered that it invoked, by the names of their invocations. */
  readonly answers: ReadonlyMap<string, unknown>;
  /** Takes down what was made, in the opposite order, as `sst remove` does. Throws DeployError. */
  remove(): Promise<void>;
  /** Ends the processes and removes the bundles; what is in the embedded AWS stays there. */
  close(): Promise<void>;
}

/**
 * Runs the real `sst deploy` for a stage, against the embedded AWS and with a stand-in for pulumi, and makes there what sst's
 * program asks for. Throws DeployError.
 */
export async function deploy(options: DeployOptions): Promise<Deployment> {
  const { root, stage, aws, shop = false, onProgress = () => {} } = options;
  if (!/^[a-z0-9][a-z0-9-]*$/i.test(stage))
    throw new DeployError(`the stage is "${stage}"; a stage is letters, digits and hyphens`);
  const sst = sstBinary(root);
  const [graph, bundles] = await oneAtATime(
    path.join(root, ".sst/local-deploy"),
    () => onProgress("waiting for another deployment from this directory"),
    async () => {
      onProgress("building and deploying with sst");
      return [await runSst(sst, { root, stage, shop, aws }), keepBundles(root)] as const;
    },
  );
  return make(graph, bundles, { root, aws, onProgress }).catch((error) => {
    bundles.remove();
    throw error;
  });
}

async function make(
  graph: Graph,
  bundles: Bundles,
  { root, aws, onProgress }: Required<Pick<DeployOptions, "root" | "aws" | "onProgress">>,
): Promise<Deployment> {
  onProgress("starting the containers and instances");
  const instances = instancePlans(graph, path.join(root, ".sst/local-deploy/disks"));
  const { acm } = aws.inAccount(graph.account);
  for (const instance of instances) await prepareDisk(instance, () => acm.forName(instance.process.name));
  const plans = [...containerPlans(graph), ...instances.map(({ process }) => process)];
  const processes = await startProcesses(plans, root);
  try {
    for (const [deployed, real] of processes.addresses) aws.lattice.addresses.set(deployed, real);
    onProgress(`creating ${graph.resources.filter(({ custom }) => custom).length} resources`);
    const answers = await create({ aws, graph, bundleOf: bundles.of, onProgress });
    return {
      outputs: graph.outputs,
      graph,
      answers,
      remove: () => remove({ aws, graph, onProgress }),
      async close() {
        for (const deployed of processes.addresses.keys()) aws.lattice.addresses.delete(deployed);
        await processes.close();
        bundles.remove();
      },
    };
  } catch (error) {
    await processes.close();
    throw error;
  }
}

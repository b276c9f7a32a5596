import path from "node:path";
import type { LocalAws } from "@espalier/local-aws";
import { startContainers } from "./containers/start-containers.ts";
import { create } from "./create/create.ts";
import { DeployError } from "./deploy-error.ts";
import type { Graph } from "./graph/graph.ts";
import { type Bundles, keepBundles } from "./keep-bundles.ts";
import { oneAtATime } from "./sst/one-at-a-time.ts";
import { runSst } from "./sst/run-sst.ts";
import { sstBinary } from "./sst/sst-binary.ts";

export interface DeployOptions {
  /** The directory of `sst.config.ts`. */
  readonly root: string;
  readonly stage: string;
  readonly aws: LocalAws;
  /** Whether to deploy the shop too, and run its containers. */
  readonly shop?: boolean;
  /** Hears what is being done, a few words at a time. */
  readonly onProgress?: (doing: string) => void;
}

/** What was deployed, for as long as it is not closed. */
export interface Deployment {
  /** What the program returned: names, ARNs, addresses. */
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly graph: Graph;
  /** Ends the containers and removes the bundles; what is in the embedded AWS stays there. */
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
  onProgress("starting the containers");
  const containers = await startContainers(graph, root);
  try {
    for (const [deployed, real] of containers.addresses) aws.lattice.addresses.set(deployed, real);
    onProgress(`creating ${graph.resources.filter(({ custom }) => custom).length} resources`);
    await create({ aws, graph, bundleOf: bundles.of });
  } catch (error) {
    await containers.close();
    throw error;
  }
  return {
    outputs: graph.outputs,
    graph,
    async close() {
      for (const deployed of containers.addresses.keys()) aws.lattice.addresses.delete(deployed);
      await containers.close();
      bundles.remove();
    },
  };
}

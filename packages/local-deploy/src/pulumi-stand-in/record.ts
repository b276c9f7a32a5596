import { once } from "node:events";
import { pathToFileURL } from "node:url";
import type { Graph } from "../graph/graph.ts";
import type { Place } from "../graph/place.ts";
import { forbidUnresolved } from "./forbid-unresolved.ts";
import type { Project } from "./project.ts";
import { loadPulumi } from "./pulumi.ts";
import { recordingMonitor } from "./recording-monitor.ts";

/**
 * Runs a program of SST in this process, which must have nothing else to do, and returns what it would deploy. Rejects where the program fails, registers a resource
 * twice, makes one of an unknown type, or puts an Output into a plain string.
 */
export async function record({ program, platform, app, account, region }: Project & Place): Promise<Graph> {
  const pulumi = loadPulumi(platform);
  const resources: Graph["resources"] = [];
  const outputs = await unlessRefused(async (refuse) => {
    const monitor = recordingMonitor(pulumi, { account, region }, app, { resources, refuse });
    await pulumi.connect(monitor, app.name, app.stage);
    const returned = await pulumi.run(async () => (await import(pathToFileURL(program).href)).default);
    // As under Pulumi, a program is done when nothing of it is left to happen: something may still fail that nobody awaits.
    await once(process, "beforeExit");
    return returned ?? {};
  });
  for (const resource of resources) forbidUnresolved(resource.urn, resource.inputs);
  forbidUnresolved("the outputs", outputs);
  // SST adds settings of its own, which begin with an underscore.
  const named = Object.entries(outputs).filter(([name]) => !name.startsWith("_"));
  return { app, account, region, resources, outputs: Object.fromEntries(named) };
}

/** A program's failure can surface as a rejection that nobody awaits, or leave it waiting for ever. */
function unlessRefused<T>(work: (refuse: (error: unknown) => void) => Promise<T>): Promise<T> {
  const refused = Promise.withResolvers<never>();
  process.on("unhandledRejection", refused.reject);
  process.on("uncaughtException", refused.reject);
  return Promise.race([work(refused.reject), refused.promise]).finally(() => {
    process.off("unhandledRejection", refused.reject);
    process.off("uncaughtException", refused.reject);
  });
}

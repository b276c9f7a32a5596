import { pathToFileURL } from "node:url";
import type { Graph } from "../graph/graph.ts";
import type { Place } from "../graph/place.ts";
import { forbidUnresolved } from "./forbid-unresolved.ts";
import type { Project } from "./project.ts";
import { loadPulumi } from "./pulumi.ts";
import { recordingMonitor } from "./recording-monitor.ts";

/**
 * Runs a program of SST in this process and returns what it would deploy. Rejects where the program fails, registers a resource
 * twice, makes one of an unknown type, or puts an Output into a plain string.
 */
export async function record({ program, platform, app, account, region }: Project & Place): Promise<Graph> {
  const pulumi = loadPulumi(platform);
  const resources: Graph["resources"] = [];
  await pulumi.connect(recordingMonitor(pulumi, { account, region }, app, resources), app.name, app.stage);
  const outputs = await unlessRejected(
    pulumi.run(async () => (await import(pathToFileURL(program).href)).default),
  );
  for (const resource of resources) forbidUnresolved(resource.urn, resource.inputs);
  forbidUnresolved("the outputs", outputs);
  return { app, account, region, resources, outputs };
}

/** A program's failure can surface as a rejection that nobody awaits. */
function unlessRejected<T>(work: Promise<T>): Promise<T> {
  const failure = Promise.withResolvers<never>();
  const fail = (error: unknown) => failure.reject(error);
  process.on("unhandledRejection", fail);
  process.on("uncaughtException", fail);
  return Promise.race([work, failure.promise]).finally(() => {
    process.off("unhandledRejection", fail);
    process.off("uncaughtException", fail);
  });
}

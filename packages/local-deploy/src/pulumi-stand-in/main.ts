import { writeFileSync } from "node:fs";
import * as z from "zod";
import { writeCheckpoint } from "./checkpoint.ts";
import { eventLog } from "./event-log.ts";
import { project } from "./project.ts";
import { record } from "./record.ts";

/**
 * Stands in for the pulumi binary that sst drives. It runs the real program, records what it would deploy, writes that graph
 * to a file and tells sst that all of it was created. It deploys nothing.
 */
const Environment = z.object({
  LOCAL_DEPLOY_GRAPH: z.string(),
  LOCAL_DEPLOY_ACCOUNT: z.string(),
  LOCAL_DEPLOY_REGION: z.string(),
});

const [command = "", ...words] = process.argv.slice(2);
const option = (name: string) => words[words.indexOf(name) + 1] ?? "";

if (command === "version") console.log("v3.215.0");
else if (command === "stack" && words[0] === "init")
  writeCheckpoint(process.cwd(), words[1] ?? "", undefined);
else if (command === "up") await up(option("--stack"), option("--event-log"));
else {
  console.error(`the stand-in for pulumi knows nothing of: pulumi ${process.argv.slice(2).join(" ")}`);
  process.exitCode = 1;
}

async function up(stack: string, log: string): Promise<void> {
  const home = process.cwd();
  const environment = Environment.parse(process.env);
  const events = eventLog(log);
  try {
    const graph = await record({
      ...project(home, stack),
      account: environment.LOCAL_DEPLOY_ACCOUNT,
      region: environment.LOCAL_DEPLOY_REGION,
    });
    for (const resource of graph.resources) events.created(resource);
    events.summary(graph.resources.length);
    writeCheckpoint(home, stack, graph);
    writeFileSync(environment.LOCAL_DEPLOY_GRAPH, JSON.stringify(graph));
    process.exit(0);
  } catch (error) {
    events.failed(error instanceof Error ? error.message : String(error));
    process.exit(255);
  }
}

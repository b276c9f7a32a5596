import path from "node:path";
import { containerPlans } from "../src/processes/container-plans.ts";
import { startProcesses } from "../src/processes/start-processes.ts";
import { containerGraph } from "./graph-of.ts";

// Starts a container, says where it is and waits to be killed.
const root = path.resolve(import.meta.dirname, "../../..");
const graph = containerGraph("orphan", ["node", "packages/local-deploy/test/echo-server.ts"]);
const { addresses } = await startProcesses(containerPlans(graph), root);
process.stdout.write(`${addresses.get("10.0.10.10:80")}\n`);

import { writeFileSync } from "node:fs";
import { record } from "@espalier/local-deploy";
import { serveSst } from "./serve-sst.ts";

/** The child that `recordStacks` starts: runs a bundled program on the recording engine and writes its graph. */
const [root = "", program = "", stage = "", graph = ""] = process.argv.slice(2);
process.env.SST_SERVER = await serveSst(root);
const recorded = await record({
  program,
  platform: `${root}/.sst/platform`,
  app: { name: "espalier", stage },
  account: "123456789012",
  region: "us-east-1",
});
writeFileSync(graph, JSON.stringify(recorded));
process.exit(0);

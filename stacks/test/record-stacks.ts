import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { Graph } from "@espalier/local-deploy";
import { bundleProgram } from "./bundle-program.ts";

const root = path.resolve(import.meta.dirname, "../..");

/** What the shop has to be told. */
const sample = {
  ESPALIER_SHOP_DOMAIN: "shop.example",
  ESPALIER_SHOP_PAYMENT_ROLE: "arn:aws:iam::222222222222:role/deploys",
};

/** What the stacks would deploy, with or without the shop. */
export async function recordStacks({ shop }: { shop: boolean }): Promise<Graph> {
  // Inside SST's platform, where the program finds Pulumi.
  const directory = mkdtempSync(path.join(root, ".sst/platform/recorded-"));
  try {
    const program = path.join(directory, "program.mjs");
    const graph = path.join(directory, "graph.json");
    await bundleProgram(root, "test", program);
    await promisify(execFile)(
      process.execPath,
      [path.join(import.meta.dirname, "record-main.ts"), root, program, "test", graph],
      { cwd: root, env: { ...process.env, ...sample, ESPALIER_SHOP: String(shop) } },
    );
    return Graph.parse(JSON.parse(readFileSync(graph, "utf8")));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { Graph } from "@espalier/local-deploy";
import { bundleProgram } from "./bundle-program.ts";

const root = path.resolve(import.meta.dirname, "../..");

/** A role in payment's account. */
const deploys = "arn:aws:iam::222222222222:role/deploys";

/** What the stacks would deploy, with or without the shop, and with payment in an account of its own or, for "", in that of all else. */
export async function recordStacks({
  shop,
  paymentRole = deploys,
}: {
  shop: boolean;
  paymentRole?: string;
}): Promise<Graph> {
  const sample = { ESPALIER_SHOP_DOMAIN: "shop.example", ESPALIER_SHOP_PAYMENT_ROLE: paymentRole };
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

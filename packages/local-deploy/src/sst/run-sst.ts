import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { text } from "node:stream/consumers";
import type { LocalAws } from "@espalier/local-aws";
import { DeployError } from "../deploy-error.ts";
import { Graph } from "../graph/graph.ts";
import { installStandIn } from "./install-stand-in.ts";
import { sstEnvironment } from "./sst-environment.ts";

export interface SstRun {
  readonly root: string;
  readonly stage: string;
  readonly shop: boolean;
  readonly aws: LocalAws;
}

/** Runs `sst deploy` against `aws`, with the stand-in for pulumi, and returns what it would have deployed. Throws DeployError. */
export async function runSst(sst: string, { root, stage, shop, aws }: SstRun): Promise<Graph> {
  const home = path.join(root, ".sst/local-deploy");
  const graph = path.join(home, "graph.json");
  const log = path.join(home, "sst.log");
  mkdirSync(home, { recursive: true });
  rmSync(graph, { force: true });
  const configHome = path.join(home, "config");
  const child = spawn(sst, ["deploy", "--stage", stage], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: sstEnvironment(process.env, {
      endpoint: aws.endpoint,
      account: aws.account,
      region: aws.region,
      credentials: aws.credentials,
      configHome,
      pulumi: installStandIn(configHome),
      graph,
      shop,
    }),
  });
  const ended = new Promise<number | string>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve(code ?? signal ?? "no reason"));
  });
  const [output, complaints, end] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  const said = output + complaints;
  writeFileSync(log, said);
  if (end !== 0)
    throw new DeployError(
      `sst deploy failed: ${reason(said)}; see ${path.relative(root, log)} (it ended with ${end})`,
    );
  return Graph.parse(JSON.parse(readFileSync(graph, "utf8")));
}

/** What sst says after its last cross, or at the end if it makes none, in one line. */
function reason(said: string): string {
  const last =
    said
      .trim()
      .split(/✕\s+(?:Failed\s*\n)?/)
      .at(-1) ?? "";
  return last.split("\n").slice(-5).join(" ").replace(/\s+/g, " ").trim();
}

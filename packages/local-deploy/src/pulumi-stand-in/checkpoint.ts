import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Graph } from "../graph/graph.ts";

/** Writes the state of a stack as Pulumi's file backend keeps it, which sst reads for the outputs and stores. */
export function writeCheckpoint(home: string, stack: string, graph: Graph | undefined): void {
  const [, app = "", stage = ""] = stack.split("/");
  const file = path.join(home, ".pulumi", "stacks", app, `${stage}.json`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(checkpoint(stack, graph)));
}

function checkpoint(stack: string, graph: Graph | undefined) {
  return {
    version: 3,
    checkpoint: {
      stack,
      latest: {
        manifest: { time: new Date().toISOString(), magic: "", version: "v3.215.0" },
        resources: (graph?.resources ?? []).map(({ urn, type, custom, id, parent, inputs, outputs }) => ({
          urn,
          type,
          custom,
          ...(custom && { id }),
          parent,
          inputs,
          outputs: type === "pulumi:pulumi:Stack" ? graph?.outputs : outputs,
        })),
      },
    },
  };
}

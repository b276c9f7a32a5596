import { defineCommand } from "citty";

/** `espalier topology`: what is to exist in Lattice, from one document. */
export const topology = defineCommand({
  meta: { name: "topology", description: "Make VPC Lattice as a topology document says" },
  subCommands: {
    plan: () => import("./plan-topology.ts").then((module) => module.planTopology),
    apply: () => import("./apply.ts").then((module) => module.apply),
    import: () => import("./import/import.ts").then((module) => module.importTopology),
  },
});

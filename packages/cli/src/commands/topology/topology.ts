import { defineCommand } from "citty";

/** `espalier topology`: what is to exist in Lattice, from one document. */
export const topology = defineCommand({
  meta: { name: "topology", description: "Make VPC Lattice as a topology document says" },
  subCommands: {
    plan: () => import("./plan-topology.ts").then((module) => module.planTopology),
    apply: () => import("./apply.ts").then((module) => module.apply),
    status: () => import("./status.ts").then((module) => module.status),
    drift: () => import("./drift.ts").then((module) => module.drift),
    export: () => import("./export-topology.ts").then((module) => module.exportTopology),
    destroy: () => import("./destroy.ts").then((module) => module.destroy),
    import: () => import("./import/import.ts").then((module) => module.importTopology),
  },
});

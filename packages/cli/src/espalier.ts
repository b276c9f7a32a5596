import { defineCommand } from "citty";

/** The whole command: every word that `espalier` knows. */
export const espalier = defineCommand({
  meta: {
    name: "espalier",
    version: "0.1.0",
    description:
      "Progressive delivery for Amazon VPC Lattice. Talks to the AWS that the environment names, or with --local to the one npm start runs here.",
  },
  subCommands: {
    rollout: () => import("./commands/rollout/rollout.ts").then((module) => module.rollout),
    freeze: () => import("./commands/freeze/freeze.ts").then((module) => module.freeze),
    schedule: () => import("./commands/schedule/schedule.ts").then((module) => module.schedule),
    topology: () => import("./commands/topology/topology.ts").then((module) => module.topology),
    policy: () => import("./commands/policy/policy.ts").then((module) => module.policy),
    cost: () => import("./commands/cost/cost.ts").then((module) => module.cost),
    simulate: () => import("./commands/simulate/simulate.ts").then((module) => module.simulate),
    local: () => import("./local/local.ts").then((module) => module.local),
    demo: () => import("./demonstration/demo.ts").then((module) => module.demo),
  },
});

import { defineCommand } from "citty";

/** `espalier policy`: who may call what, and why. */
export const policy = defineCommand({
  meta: { name: "policy", description: "Who may call what on VPC Lattice, by which policies, and who does" },
  subCommands: {
    check: () => import("./check.ts").then((module) => module.check),
    matrix: () => import("./matrix.ts").then((module) => module.matrix),
    suggest: () => import("./suggest.ts").then((module) => module.suggest),
    test: () => import("./test.ts").then((module) => module.test),
  },
});

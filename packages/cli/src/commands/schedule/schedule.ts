import { defineCommand } from "citty";

/** `espalier schedule`: rollouts and weight shifts that are asked for later, once or again and again. */
export const schedule = defineCommand({
  meta: { name: "schedule", description: "Schedule rollouts and weight shifts, once or recurring" },
  subCommands: {
    create: () => import("./create.ts").then((module) => module.create),
    list: () => import("./list.ts").then((module) => module.list),
    delete: () => import("./delete.ts").then((module) => module.remove),
  },
});

import { defineCommand } from "citty";
import { commandCommand } from "./command.ts";

/** `espalier rollout`: asks for rollouts, shows them, and tells them what to do. */
export const rollout = defineCommand({
  meta: { name: "rollout", description: "Start rollouts, watch them, and tell them what to do" },
  subCommands: {
    start: () => import("./start.ts").then((module) => module.start),
    list: () => import("./list.ts").then((module) => module.list),
    show: () => import("./show.ts").then((module) => module.show),
    watch: () => import("./watch.ts").then((module) => module.watch),
    pause: () => commandCommand("pause", "Stop moving weights; the comparison goes on"),
    resume: () => commandCommand("resume", "Go on after a pause"),
    approve: () => commandCommand("approve", "Let a rollout go on that waits for an approval"),
    promote: () => commandCommand("promote", "Give the candidate all of the traffic now"),
    abort: () => commandCommand("abort", "End the rollout and put the weights back"),
    undo: () => import("./undo.ts").then((module) => module.undo),
    retry: () => import("./retry.ts").then((module) => module.retry),
  },
});

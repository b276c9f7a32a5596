import { defineCommand } from "citty";

/** `espalier topology import`: documents from what others write. */
export const importTopology = defineCommand({
  meta: { name: "import", description: "Make a topology document of what other tools are told" },
  subCommands: {
    "gateway-api": () => import("./gateway-api.ts").then((module) => module.gatewayApi),
  },
});

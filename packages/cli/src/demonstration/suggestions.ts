import { environmentOf, type LocalSession } from "../local-session.ts";

/**
 * What to try next, each a command that works in another terminal: with `--local`, or where that means another AWS (`apart`
 * is then this one) with an environment that names this one.
 */
export const suggestions = (apart?: LocalSession): readonly string[] => [
  "The shop is still open. In another terminal, try:",
  "",
  ...(apart === undefined ? [] : [...exports(apart), ""]),
  ...commands.map((command) => `  npx espalier ${command}${apart === undefined ? " --local" : ""}`),
  "",
  `While one runs: npx espalier rollout pause|resume|promote|abort inventory${apart === undefined ? " --local" : ""}`,
  "",
  "Ctrl-C closes the shop; nothing is kept.",
];

const commands = [
  "rollout list",
  "rollout show inventory",
  "rollout start --service inventory --candidate inventory-v1 --weights 20,60 --bake 3 --wait",
  "rollout start --service inventory --candidate inventory-v3 --weights 120:5",
  "topology apply packages/shop/topology.yaml --values .sst/outputs.json",
];

const exports = (session: LocalSession) =>
  Object.entries(environmentOf(session)).map(([name, value]) => `  export ${name}=${value}`);

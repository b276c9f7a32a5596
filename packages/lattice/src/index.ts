export { latticeGroups } from "./groups/lattice-groups.ts";
export { latticeDirectory } from "./lattice-directory.ts";
export { latticeMatchRules } from "./lattice-match-rules.ts";
export { latticeRouter } from "./lattice-router.ts";
export { type TopologyClients, topologyClients } from "./topology/clients.ts";
export { type Made, makeChange } from "./topology/make-change.ts";
export { readLives } from "./topology/read-lives.ts";
export { readTopology } from "./topology/read-topology.ts";
export { isNotFound, translated } from "./translated.ts";

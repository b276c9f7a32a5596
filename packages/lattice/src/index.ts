export { latticeGroups } from "./groups/lattice-groups.ts";
export { latticeDirectory } from "./lattice-directory.ts";
export { latticeMatchRules } from "./lattice-match-rules.ts";
export { latticeRouter } from "./lattice-router.ts";
export { makeChange } from "./topology/make-change.ts";
export { readTopology } from "./topology/read-topology.ts";
export { isNotFound, translated } from "./translated.ts";

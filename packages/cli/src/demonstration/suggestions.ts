/** What to try next, each a command that works in another terminal. */
export const suggestions = (): readonly string[] => [
  "The shop is still open. In another terminal, try:",
  "",
  "  npx espalier rollout list --local",
  "  npx espalier rollout show inventory --local",
  "  npx espalier rollout start --local --service inventory --candidate inventory-v1 --steps 20:3,60:3 --wait",
  "  npx espalier rollout start --local --service inventory --candidate inventory-v3 --steps 120:5",
  "  npx espalier topology apply packages/shop/topology.yaml --values .sst/outputs.json --local",
  "",
  "While one runs: npx espalier rollout pause|resume|promote|abort inventory --local",
  "",
  "Ctrl-C closes the shop; nothing is kept.",
];

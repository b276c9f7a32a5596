#!/usr/bin/env node
const [major] = process.versions.node.split(".").map(Number);
if (major < 24) {
  console.error("espalier needs Node 24; run it as: npx espalier (the repository brings its own Node)");
  process.exit(1);
}
await import("../src/main.ts");

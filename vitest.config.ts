import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{packages/*,functions,stacks}/test/**/*.test.ts", "test/**/*.test.ts"],
    // Stories start functions cold; a busy machine takes its time for that.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // What a command prints is the same wherever its tests run.
    env: { NO_COLOR: "1" },
  },
});

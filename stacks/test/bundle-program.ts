import { readFile } from "node:fs/promises";
import path from "node:path";
import { build, type Plugin } from "esbuild";

/**
 * Bundles `sst.config.ts` into a program as sst does for a deployment: the configuration's `run` under SST's platform, with the
 * stage and the providers as globals. Neither sst nor an AWS is needed for it.
 */
export async function bundleProgram(root: string, stage: string, outfile: string): Promise<void> {
  const platform = path.join(root, ".sst/platform");
  await build({
    stdin: {
      contents: `
        import { run } from "./.sst/platform/src/auto/run.ts";
        import config from "./sst.config.ts";
        export default await run(config.run);`,
      resolveDir: root,
    },
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    logLevel: "silent",
    packages: "external",
    alias: { "@espalier/workflows": path.join(root, "packages/workflows/src/index.ts") },
    inject: [path.join(platform, "src/shim/run.js")],
    plugins: [providers(platform)],
    define: {
      $app: JSON.stringify({ name: "espalier", stage, removal: "remove", providers: {}, protect: false }),
      $cli: JSON.stringify({
        command: "deploy",
        dev: false,
        paths: { root, platform, work: path.join(root, ".sst"), home: path.join(root, ".sst") },
        state: { version: {} },
      }),
      $dev: "false",
    },
  });
}

/** Gives our own files the globals `aws` and `sst`. SST's files, which import each other in circles, must not see them. */
function providers(platform: string): Plugin {
  const globals = `
    import * as aws from "@pulumi/aws";
    import * as sst from ${JSON.stringify(path.join(platform, "src/components/index.ts"))};`;
  return {
    name: "providers",
    setup({ onLoad }) {
      onLoad({ filter: /sst\.config\.ts$|\/stacks\/.*\.ts$/ }, async (file) => ({
        contents: `${globals.replaceAll("\n", "")} ${await readFile(file.path, "utf8")}`,
        loader: "ts",
      }));
    },
  };
}

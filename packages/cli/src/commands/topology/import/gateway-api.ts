import { writeFileSync } from "node:fs";
import path from "node:path";
import { importGatewayApi, readManifests, TopologyRefused } from "@espalier/topology";
import { defineCommand } from "citty";
import { jsonOption } from "../../../common-options.ts";
import { ExitCode, UserError } from "../../../fail.ts";
import { readText } from "../../../read-text.ts";
import { importedText, notExpressedLine } from "./imported-text.ts";

/** What stands for the cluster's VPC where it is not given. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: it is how a document names a value.
const clusterVpc = "${clusterVpc}";

/** `espalier topology import gateway-api`. */
export const gatewayApi = defineCommand({
  meta: {
    name: "gateway-api",
    description:
      "Make a topology document of manifests for the AWS Gateway API Controller. What Lattice or the document cannot say is listed by name",
  },
  args: {
    files: {
      type: "positional",
      required: true,
      valueHint: "FILES...",
      description: "YAML or JSON files of manifests, one or several; - reads what is piped in",
    },
    name: { type: "string", default: "kubernetes", description: "The document's name" },
    vpc: {
      type: "string",
      default: clusterVpc,
      description: "The cluster's VPC, which no manifest says",
      valueHint: "vpc-…",
    },
    namespace: {
      type: "string",
      default: "default",
      description: "The namespace of manifests that name none",
      valueHint: "NAME",
    },
    out: {
      type: "string",
      description: "Write the document there instead of printing it",
      valueHint: "FILE",
    },
    ...jsonOption,
  },
  run({ args }) {
    const { name, vpc, namespace, out, json } = args;
    const imported = refusedAsUsage(() => {
      const manifests = args._.flatMap((file) =>
        readManifests(readText(file), file === "-" ? "stdin" : path.basename(file), namespace),
      );
      return importGatewayApi(manifests, { name, vpc });
    });
    const text = importedText(imported);
    if (out !== undefined) write(out, text);
    if (json) console.log(JSON.stringify(imported, null, 2));
    else {
      if (out === undefined) console.log(text.trimEnd());
      for (const one of imported.notExpressed) console.error(notExpressedLine(one));
    }
    return ExitCode.done;
  },
});

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw new UserError(`cannot write ${file}: ${(cause as Error).message}`, {
      exitCode: ExitCode.usage,
      cause,
    });
  }
}

function refusedAsUsage<T>(run: () => T): T {
  try {
    return run();
  } catch (cause) {
    if (!(cause instanceof TopologyRefused)) throw cause;
    throw new UserError(cause.message, { exitCode: ExitCode.usage, cause });
  }
}

import { estimateCost, readDocument } from "@espalier/topology";
import { defineCommand } from "citty";
import { jsonOption, positive } from "../../common-options.ts";
import { knownPrices } from "../../cost/known-prices.ts";
import { ExitCode, UserError } from "../../fail.ts";
import { costText } from "../../view/cost-text.ts";
import { documentFrom, documentOptions } from "../topology/document-options.ts";
import { assumedTraffic, foundTraffic } from "./traffic.ts";

/** `espalier cost`. */
export const cost = defineCommand({
  meta: {
    name: "cost",
    description:
      "Estimate what a document's network costs in a month, from the traffic that CloudWatch measured or from one that is assumed",
  },
  args: {
    ...documentOptions,
    since: {
      type: "string",
      default: "7d",
      description: "How far back to measure",
      valueHint: "7d",
    },
    "requests-per-second": {
      type: "string",
      description: "Assume so many requests of each service instead of measuring; AWS is not asked",
      valueHint: "N",
    },
    "bytes-per-request": {
      type: "string",
      default: "2000",
      description: "Request and answer, where bytes are assumed or were not counted",
      valueHint: "N",
    },
    "log-bytes": {
      type: "string",
      default: "1500",
      description: "A line of an access log",
      valueHint: "N",
    },
    region: { type: "string", description: "Where it runs (default: AWS_REGION)" },
    prices: { type: "string", description: "A file of prices of your own, YAML or JSON", valueHint: "FILE" },
    ...jsonOption,
  },
  async run({ args, rawArgs }) {
    const document = readDocument((await documentFrom(args, rawArgs)).written);
    const region = regionOf(args);
    const prices = knownPrices(region, args.prices);
    const bytes = positive("bytes-per-request", args["bytes-per-request"]);
    const rate = args["requests-per-second"];
    const traffic =
      rate === undefined
        ? await foundTraffic(Object.keys(document.services), region, args.since, bytes)
        : assumedTraffic(positive("requests-per-second", rate), bytes);
    const logBytes = positive("log-bytes", args["log-bytes"]);
    const estimate = estimateCost(document, traffic.of, prices, logBytes);
    if (args.json) console.log(JSON.stringify({ name: document.name, region, ...estimate, prices }, null, 2));
    else {
      const said = [...traffic.said, `A line of an access log is taken to have ${logBytes} bytes.`];
      for (const line of costText(document.name, estimate, region, prices, said)) console.log(line);
    }
    return ExitCode.done;
  },
});

function regionOf({ region }: { region?: string | undefined }): string {
  const found = region ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
  if (found !== undefined) return found;
  throw new UserError("no region: name it with --region, or set AWS_REGION", { exitCode: ExitCode.usage });
}

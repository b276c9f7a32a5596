import { type NetworkPrices, readNetworkPrices, TopologyRefused } from "@espalier/topology";
import { parse } from "yaml";
import { ExitCode, UserError } from "../fail.ts";
import prices from "../prices/prices.json" with { type: "json" };
import { readText } from "../read-text.ts";

/** The prices of a region: of a file of one's own, or of those that come with Espalier. Throws UserError where there are none. */
export function knownPrices(region: string, file: string | undefined): NetworkPrices {
  const all = file === undefined ? readNetworkPrices(prices, "prices.json") : fromFile(file);
  const found = all.get(region);
  if (found !== undefined) return found;
  const from = file ?? "those that come with Espalier";
  throw new UserError(
    `the prices of ${region} are not known; ${from} are of ${[...all.keys()].join(", ")}: give others with --prices FILE, as docs/guides/cost.md says`,
    { exitCode: ExitCode.usage },
  );
}

function fromFile(file: string): ReadonlyMap<string, NetworkPrices> {
  try {
    return readNetworkPrices(parse(readText(file)), file);
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    const message =
      cause instanceof TopologyRefused
        ? cause.message
        : `${file}: ${(cause as Error).message.split("\n")[0]}`;
    throw new UserError(message, { exitCode: ExitCode.usage, cause });
  }
}

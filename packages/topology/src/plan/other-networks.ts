import { isOwn, type Network } from "../document/network.ts";
import type { ExistingOtherNetwork } from "../existing.ts";
import { type Change, refused, unchanged } from "./change.ts";
import { own } from "./own.ts";
import type { Sight } from "./sight.ts";

/** Whether each network that the document names and does not make is there to be joined. */
export function planOtherNetworks(sight: Sight): Change[] {
  return Object.entries(sight.document.networks).flatMap(([name, network]) => {
    if (isOwn(network)) return [];
    const address = `networks.${name}`;
    const found = candidates(sight, name, network);
    if (found.length === 1) return [unchanged(address, `the network ${name} is somebody else's`)];
    if (found.length > 1) {
      const arns = found.map(({ arn }) => arn).join(", ");
      return [
        refused(
          address,
          `is "external", and there are several networks of this name: write {arn}, one of ${arns}`,
        ),
      ];
    }
    return [
      refused(
        address,
        network === "external"
          ? `is "external", and no network ${name} is in this account and region or shared with it`
          : `is ${network.arn}, which is neither in this account and region nor shared with it; an invitation to a share has to be accepted first`,
      ),
    ];
  });
}

/** The network of somebody else that the document calls by this name; undefined where there is none, or several. */
export function otherNetwork(sight: Sight, name: string): ExistingOtherNetwork | undefined {
  const network = own(sight.document.networks, name);
  if (network === undefined || isOwn(network)) return undefined;
  const [only, second] = candidates(sight, name, network);
  return second ? undefined : only;
}

/** What the document calls a network of somebody else; its own name where the document does not name it. */
export const nameOfOther = (sight: Sight, { arn, name }: ExistingOtherNetwork): string =>
  Object.keys(sight.document.networks).find((key) => otherNetwork(sight, key)?.arn === arn) ?? name;

const candidates = (
  { existing }: Sight,
  name: string,
  network: Exclude<Network, { authType: unknown }>,
): ExistingOtherNetwork[] =>
  existing.otherNetworks.filter((other) =>
    network === "external" ? other.name === name : other.arn === network.arn,
  );

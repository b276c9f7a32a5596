import type { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import {
  paginateListServices,
  paginateListTargetGroups,
  type VPCLatticeClient,
} from "@aws-sdk/client-vpc-lattice";
import type { Traffic } from "@espalier/topology";
import { hourlySums, type Wanted } from "./metric-sums.ts";

const HOUR = 3_600_000;

/** Traffic by the names of services; those that Lattice does not have are not in it, those without traffic have no hours. */
export interface Measured {
  readonly from: Date;
  readonly to: Date;
  readonly traffic: ReadonlyMap<string, Traffic>;
}

/**
 * What services carried in the full hours of a span that ends now. Lattice counts requests by service, from a service's first
 * one on, and bytes by target group, none for functions. What has been counted last says what time it is where AWS's clock
 * is ahead of this one, as the embedded one's may be.
 */
export async function measuredTraffic(
  clients: { readonly cloudWatch: CloudWatchClient; readonly lattice: VPCLatticeClient },
  names: readonly string[],
  hours: number,
  now: number,
): Promise<Measured> {
  const services = await servicesNamed(clients.lattice, names);
  const groups = await groupsOf(clients.lattice, new Set(services.map(({ arn }) => arn)));
  const requests = services.map(
    ({ id }): Wanted => ({ metric: "TotalRequestCount", dimension: "Service", id }),
  );
  const bytes = groups.flatMap(({ id }) =>
    ["TotalReceivedConnectionBytes", "TotalSentConnectionBytes"].map(
      (metric): Wanted => ({ metric, dimension: "TargetGroup", id }),
    ),
  );
  const hour = Math.floor(now / HOUR) * HOUR;
  const wanted = [...requests, ...bytes];
  const sums = await hourlySums(clients.cloudWatch, wanted, hour - hours * HOUR, hour + AHEAD);
  const to = Math.max(hour, ...sums.flatMap((byHour) => [...byHour.keys()]));
  const from = to - hours * HOUR;
  const within = (byHour: ReadonlyMap<number, number> = new Map()) =>
    [...byHour].filter(([at]) => at >= from && at < to);
  const bytesOf = (index: number) =>
    total([0, 1].flatMap((way) => within(sums[services.length + 2 * index + way]).map(([, sum]) => sum)));
  const traffic = services.map(({ name, arn }, index): [string, Traffic] => {
    const counted = within(sums[index]);
    const first = Math.min(to, ...counted.map(([at]) => at));
    return [
      name,
      {
        hours: (to - first) / HOUR,
        requests: counted.map(([, sum]) => sum).filter((sum) => sum > 0),
        bytes: total(groups.map((group, at) => (group.services.includes(arn) ? bytesOf(at) : 0))),
      },
    ];
  });
  return { from: new Date(from), to: new Date(to), traffic: new Map(traffic) };
}

/** How far another clock may be ahead. */
const AHEAD = 60 * 24 * HOUR;

async function servicesNamed(client: VPCLatticeClient, names: readonly string[]) {
  const found: { readonly id: string; readonly arn: string; readonly name: string }[] = [];
  for await (const { items = [] } of paginateListServices({ client }, {}))
    for (const { id = "", arn = "", name = "" } of items)
      if (names.includes(name)) found.push({ id, arn, name });
  return found;
}

async function groupsOf(client: VPCLatticeClient, services: ReadonlySet<string>) {
  const found: { readonly id: string; readonly services: readonly string[] }[] = [];
  for await (const { items = [] } of paginateListTargetGroups({ client }, {}))
    for (const { id = "", serviceArns = [] } of items)
      if (serviceArns.some((arn) => services.has(arn))) found.push({ id, services: serviceArns });
  return found;
}

const total = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0);

import { destinationKind } from "../document/access-logs.ts";
import type { TopologyDocument } from "../document/document.ts";
import { isOwn } from "../document/network.ts";
import type { NetworkPrices } from "./network-prices.ts";
import type { Traffic } from "./traffic.ts";

/** A month as AWS's own examples have it: https://aws.amazon.com/vpc/lattice/pricing/ */
const HOURS = 730;
/** Requests of a service that cost nothing, in each hour by itself. */
const FREE = 300_000;
const GIGABYTE = 1e9;

type LogKind = keyof NetworkPrices["dollars"]["logGigabyte"];

/** What is charged for. Lattice's own metrics are not: CloudWatch takes nothing for those that a service sends by itself. */
export type Part = "hours" | "gigabytes" | "requests" | "logs";

/** Dollars of a month; null where a price is not known. */
export type Dollars = Readonly<Record<Part, number | null>>;

/** What one service takes in a month, and what that costs. */
export interface ServiceCost {
  readonly service: string;
  readonly hours: number;
  readonly requests: number;
  /** Requests above the free ones of their hour. */
  readonly charged: number;
  readonly gigabytes: number;
  /** Of access logs, over all destinations. */
  readonly logGigabytes: number;
  readonly dollars: Dollars;
  /** Of all whose price is known. */
  readonly together: number;
}

export interface CostEstimate {
  readonly services: readonly ServiceCost[];
  readonly dollars: Dollars;
  readonly together: number;
  /** Parts that are not wholly in the sum, for want of a price. */
  readonly unpriced: readonly Part[];
}

/** What the document's services cost in a month with such traffic, by name. `logBytes` is the size of a line of an access log. */
export function estimateCost(
  document: TopologyDocument,
  trafficOf: (service: string) => Traffic,
  { dollars }: Pick<NetworkPrices, "dollars">,
  logBytes: number,
): CostEstimate {
  const services = Object.keys(document.services).map((service): ServiceCost => {
    const { hours, requests, bytes } = trafficOf(service);
    const month = HOURS / hours;
    const all = sum(requests) * month;
    const charged = sum(requests.map((hour) => Math.max(0, hour - FREE))) * month;
    const gigabytes = (bytes * month) / GIGABYTE;
    const perCopy = (all * logBytes) / GIGABYTE;
    const copies = copiesOf(document, service);
    const logs = copies.map((kind) => times(perCopy, dollars.logGigabyte[kind]));
    const parts: Dollars = {
      hours: times(HOURS, dollars.serviceHour),
      gigabytes: times(gigabytes, dollars.gigabyte),
      requests: times(charged / 1e6, dollars.millionRequests),
      logs: plus(logs),
    };
    const logGigabytes = perCopy * copies.length;
    const together = known([parts.hours, parts.gigabytes, parts.requests, ...logs]);
    return {
      service,
      hours: HOURS,
      requests: all,
      charged,
      gigabytes,
      logGigabytes,
      dollars: parts,
      together,
    };
  });
  const total = (part: Part) => plus(services.map((one) => one.dollars[part]));
  const sums = {
    hours: total("hours"),
    gigabytes: total("gigabytes"),
    requests: total("requests"),
    logs: total("logs"),
  };
  return {
    services,
    dollars: sums,
    together: sum(services.map((one) => one.together)),
    unpriced: (["hours", "gigabytes", "requests", "logs"] as const).filter((part) => sums[part] === null),
  };
}

/**
 * Where each request of a service is logged: where its own log goes, and where that of the network goes through which it came.
 * Of several networks it is taken to be the one with the most logs.
 */
function copiesOf({ services, networks }: TopologyDocument, name: string): LogKind[] {
  const kinds = (arns: readonly string[]) => arns.flatMap((arn) => destinationKind(arn) ?? []);
  const service = services[name];
  const ofNetworks = (service?.networks ?? []).map((joined) => {
    const network = networks[joined];
    return network !== undefined && isOwn(network) ? kinds(network.accessLogs) : [];
  });
  const most = ofNetworks.toSorted((a, b) => b.length - a.length)[0] ?? [];
  return [...kinds(service?.accessLogs ?? []), ...most];
}

/** Nothing of something costs nothing, whatever its price. */
const times = (units: number, price: number | null): number | null =>
  units === 0 ? 0 : price === null ? null : units * price;

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
const known = (dollars: readonly (number | null)[]) => sum(dollars.map((one) => one ?? 0));

const plus = (dollars: readonly (number | null)[]): number | null =>
  dollars.includes(null) ? null : known(dollars);

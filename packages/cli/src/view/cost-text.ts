import type { CostEstimate, NetworkPrices, Part } from "@espalier/topology";
import { count } from "./numbers.ts";
import { table } from "./table.ts";

const names: Readonly<Record<Part, string>> = {
  hours: "service hours",
  gigabytes: "gigabytes",
  requests: "requests",
  logs: "access logs",
};

/** A month's cost for people: a line a service, the sums, and what they rest on. `traffic` says where the traffic is from. */
export function costText(
  name: string,
  { services, dollars, together, unpriced }: CostEstimate,
  region: string,
  { date, sources }: NetworkPrices,
  traffic: readonly string[],
): string[] {
  const rows = services.map((one) => [
    one.service,
    ...[one.requests, one.charged].map(count),
    ...[one.gigabytes, one.logGigabytes].map(amount),
    ...[one.dollars.hours, one.dollars.gigabytes, one.dollars.requests, one.dollars.logs].map(money),
    money(one.together),
  ]);
  const sums = [dollars.hours, dollars.gigabytes, dollars.requests, dollars.logs, together].map(money);
  const headings = [
    ...["service", "requests", "above free", "GB", "GB of logs"],
    ...["$ hours", "$ GB", "$ requests", "$ logs", "$ a month"],
  ];
  return [
    `${name}: a month of ${services.length === 1 ? "1 service" : `${services.length} services`} in ${region}`,
    "",
    ...table(headings, [...rows, ["together", "", "", "", "", ...sums]]).split("\n"),
    "",
    ...traffic,
    "A month has 730 hours; 300,000 requests of a service are free in each. Lattice's own metrics cost nothing.",
    `Prices: ${region}, ${date}; ${sources.join("; ")}.`,
    ...(unpriced.length === 0
      ? []
      : [
          `Not in the sum, for want of a price: ${unpriced.map((part) => names[part]).join(", ")}; give it with --prices FILE.`,
        ]),
  ];
}

const money = (dollars: number | null) => (dollars === null ? "not known" : dollars.toFixed(2));

const amount = (gigabytes: number) =>
  gigabytes >= 100 ? count(gigabytes) : String(Number(gigabytes.toPrecision(3)));

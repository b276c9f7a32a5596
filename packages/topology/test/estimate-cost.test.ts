import { describe, expect, test } from "vitest";
import {
  estimateCost,
  type NetworkPrices,
  readDocument,
  readNetworkPrices,
  steadyTraffic,
  type Traffic,
} from "../src/index.ts";

const dollars: NetworkPrices["dollars"] = {
  serviceHour: 0.025,
  gigabyte: 0.025,
  millionRequests: 0.1,
  logGigabyte: { logs: 0.5, s3: null, firehose: null },
};
const logs = "arn:aws:logs:us-east-1:123456789012:log-group:a";
const bucket = "arn:aws:s3:::a";

const document = (service: object = {}, network: object = {}) =>
  readDocument({
    name: "shop",
    networks: { shop: network },
    services: { order: { networks: ["shop"], ...service } },
  });

/** Of a service that is asked so many times in an hour, and again in the next, and so on. */
const hourly = (requests: number, gigabytesAMonth = 0): Traffic => ({
  hours: 1,
  requests: [requests],
  bytes: (gigabytesAMonth * 1e9) / 730,
});

const costOf = (traffic = hourly(0), of = document(), prices = dollars) =>
  estimateCost(of, () => traffic, { dollars: prices }, 1500);

describe("what a network costs", () => {
  // https://aws.amazon.com/vpc/lattice/pricing/, example 1: 100 services with 100 GB each and 200,000 requests an hour.
  test("is what AWS's own example has: $1,825 for the hours, $250 for the data, nothing for the requests", () => {
    const names = Array.from({ length: 100 }, (_, k) => [`service-${k}`, {}]);
    const hundred = readDocument({ name: "hundred", services: Object.fromEntries(names) });
    const { services, ...sums } = costOf(hourly(200_000, 100), hundred);
    expect(services).toHaveLength(100);
    expect(sums.dollars.hours).toBeCloseTo(1825, 6);
    expect(sums.dollars.gigabytes).toBeCloseTo(250, 6);
    expect(sums.dollars).toMatchObject({ requests: 0, logs: 0 });
    expect(sums.together).toBeCloseTo(2075, 6);
    expect(sums.unpriced).toEqual([]);
  });

  test("has requests above 300,000 of each hour by itself, not of the month", () => {
    const uneven = { hours: 2, requests: [500_000, 100], bytes: 0 };
    const [order] = costOf(uneven).services;
    expect(order).toMatchObject({ charged: 200_000 * 365, requests: 500_100 * 365 });
    expect(order?.dollars.requests).toBeCloseTo(200_000 * 365 * 1e-7, 6);
  });

  test("is the same whether a rate is assumed or was measured for as long as one likes", () => {
    const measured = { hours: 3, requests: [3600, 3600, 3600], bytes: 3 * 3600 * 2000 };
    expect(costOf(steadyTraffic(1, 2000))).toEqual(costOf(measured));
  });

  test("has a log wherever each request is logged: by its service and by its network", () => {
    const traffic = hourly(1_000_000);
    const perCopy = (1_000_000 * 730 * 1500) / 1e9;
    const both = costOf(traffic, document({ accessLogs: [logs] }, { accessLogs: [logs] }));
    expect(both.services[0]?.logGigabytes).toBeCloseTo(2 * perCopy, 6);
    expect(both.dollars.logs).toBeCloseTo(2 * perCopy * 0.5, 6);
  });

  test("leaves out what has no price, and says so; nothing of it costs nothing all the same", () => {
    const logged = document({ accessLogs: [bucket] });
    const busy = costOf(hourly(1000), logged);
    expect(busy.dollars.logs).toBeNull();
    expect(busy.unpriced).toEqual(["logs"]);
    expect(busy.together).toBeCloseTo(0.025 * 730, 6);
    const twice = costOf(hourly(1_000_000), document({ accessLogs: [bucket, logs] }));
    expect(twice.dollars.logs).toBeNull();
    expect(twice.together).toBeCloseTo(0.025 * 730 + 0.07 * 730 + 0.75 * 730, 6);
    expect(costOf(hourly(0), logged)).toMatchObject({ dollars: { logs: 0 }, unpriced: [] });
  });

  test("of a network of others has no logs that the document knows of", () => {
    const others = readDocument({
      name: "shop",
      networks: { shop: "external" },
      services: { order: { networks: ["shop"] } },
    });
    expect(costOf(hourly(1000), others).services[0]?.logGigabytes).toBe(0);
  });
});

describe("a file of prices", () => {
  const network = { date: "2026-09", sources: [], dollars };

  test("has what else it has beside the network's left alone", () => {
    const read = readNetworkPrices({ "eu-west-1": { network, rollouts: {} } }, "prices.json");
    expect([...read]).toEqual([["eu-west-1", network]]);
  });

  test.for([
    ["a list", [], "prices.json: is []; prices are an object of regions"],
    [
      "a price below nil",
      { a: { network: { ...network, dollars: { ...dollars, gigabyte: -1 } } } },
      "a.network.dollars.gigabyte is -1; a price is a number of dollars, or null where it is not known",
    ],
    [
      "a price that is missing",
      { a: { network: { ...network, dollars: { gigabyte: 1 } } } },
      "a.network.dollars.serviceHour is missing; a price is",
    ],
  ] as const)("is refused with %s", ([, value, message]) => {
    expect(() => readNetworkPrices(value, "prices.json")).toThrow(message);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { type LocalAws, type ManualClock, manualClock, startLocalAws } from "@espalier/local-aws";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { healthy, type Shop, shop } from "../../../test/rollout/shop.ts";
import { espalier } from "../src/espalier.ts";
import { ExitCode } from "../src/fail.ts";
import { runCli } from "../src/run-cli.ts";
import { talkTo } from "./aws-environment.ts";
import { consoleLines } from "./console-lines.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "espalier-cost-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const full = path.join(folder, name);
  writeFileSync(full, text);
  return full;
}

const printed = consoleLines();
const run = (...argv: string[]) => runCli(espalier, ["cost", ...argv]);
const json = () => JSON.parse(printed.out.join("\n"));

const orders = `
name: shop
networks: { shop: { accessLogs: ["arn:aws:firehose:us-east-1:123456789012:deliverystream/shop"] } }
services:
  order: { networks: [shop] }
  stock: {}
`;

describe("the cost of a document with a traffic that is assumed", () => {
  const assumed = ["--region", "us-east-1", "--requests-per-second", "100", "--bytes-per-request", "10000"];

  test("is a line a service, the sum, and what it rests on", async () => {
    expect(await run(file("shop.yaml", orders), ...assumed)).toBe(ExitCode.done);
    const [title, , headings = "", order = "", stock = "", together = ""] = printed.out;
    expect(title).toBe("shop: a month of 2 services in us-east-1");
    const cells = (line: string) => line.trim().split(/ {2,}/);
    expect(cells(headings)).toHaveLength(10);
    expect(cells(order)).toEqual([
      "order",
      "262,800,000",
      "43,800,000",
      "2,628",
      "394",
      "18.25",
      "65.70",
      "4.38",
      "not known",
      "88.33",
    ]);
    expect(cells(stock).slice(-2)).toEqual(["0.00", "88.33"]);
    expect(cells(together)).toEqual(["together", "36.50", "131.40", "8.76", "not known", "176.66"]);
    expect(printed.out.join("\n")).toMatch(
      /Prices: us-east-1, .*https:\/\/aws\.amazon\.com\/vpc\/lattice\/pricing/,
    );
    expect(printed.out.at(-1)).toBe(
      "Not in the sum, for want of a price: access logs; give it with --prices FILE.",
    );
  });

  test("is priced by a file of one's own, in any region", async () => {
    const dollars = {
      serviceHour: 1,
      gigabyte: 0,
      millionRequests: 0,
      logGigabyte: { logs: 0, s3: 0, firehose: 2 },
    };
    const prices = { "eu-west-1": { network: { date: "2026-11", sources: ["my contract"], dollars } } };
    const own = ["--region", "eu-west-1", "--prices", file("prices.json", JSON.stringify(prices))];
    expect(await run(file("shop.yaml", orders), ...assumed.slice(2), ...own, "--json")).toBe(ExitCode.done);
    expect(json()).toMatchObject({
      region: "eu-west-1",
      unpriced: [],
      dollars: { hours: 1460, logs: 788.4 },
    });
  });

  test.for([
    [
      "a region whose prices are not known",
      ["--region", "eu-west-1"],
      /^the prices of eu-west-1 are not known; .+ us-east-1: give others with --prices FILE/,
    ],
    [
      "a rate that is none",
      ["--requests-per-second", "many"],
      "--requests-per-second is many; it is a number above 0",
    ],
    ["no such file of prices", ["--prices", "nowhere.json"], "there is no file nowhere.json"],
  ] as const)("is refused in one line for %s", async ([, options, message]) => {
    expect(await run(file("shop.yaml", orders), ...assumed, ...options)).toBe(ExitCode.usage);
    expect(printed.err).toEqual([typeof message === "string" ? message : expect.stringMatching(message)]);
  });
});

describe("the cost of a document with the traffic that was measured", () => {
  let aws: LocalAws;
  let clock: ManualClock;
  let order: Shop;
  let leave: () => void;
  beforeAll(async () => {
    // An hour that has just begun, so that two full ones follow.
    clock = manualClock(Math.ceil(Date.now() / 3_600_000) * 3_600_000);
    aws = await startLocalAws({ clock, lattice: { transitionMs: 0 } });
    leave = talkTo(aws);
    order = await shop(aws, "order", { v1: healthy });
    await order.send(20);
    await clock.advance(3_600_000);
    await order.send(10);
    await clock.advance(3_600_000 + 600_000);
  });
  afterAll(async () => {
    order.close();
    leave();
    await aws.close();
  });

  test("goes by the full hours since a service's first request", async () => {
    expect(await run(file("shop.yaml", orders), "--region", "us-east-1", "--json")).toBe(ExitCode.done);
    const [measured, missing] = json().services;
    expect(measured).toMatchObject({ service: "order", requests: 30 * 365 });
    expect(measured.gigabytes).toBeGreaterThan(0);
    expect(missing).toMatchObject({ service: "stock", requests: 0, gigabytes: 0, together: 18.25 });
  });

  test("says what was not measured", async () => {
    await run(file("shop.yaml", orders), "--region", "us-east-1", "--since", "36h");
    expect(printed.out).toContainEqual(expect.stringMatching(/^Measured by CloudWatch from .+Z to .+Z; /));
    expect(printed.out).toContainEqual(
      expect.stringMatching(/^stock: not in Lattice; only hours are reckoned; /),
    );
    expect(await run(file("shop.yaml", orders), "--region", "us-east-1", "--since", "1y")).toBe(
      ExitCode.usage,
    );
    expect(printed.err).toEqual([expect.stringMatching(/^--since is 1y; it is a number with /)]);
  });
});

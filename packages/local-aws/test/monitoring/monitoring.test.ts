import { beforeEach, describe, expect, test } from "vitest";
import { allow } from "../events/platform.ts";
import { at, type CloudWatch, cloudWatch, minute, query } from "./cloud-watch.ts";

let platform: CloudWatch["platform"];
let clock: CloudWatch["clock"];
let call: CloudWatch["call"];
let observe: CloudWatch["observe"];
let get: CloudWatch["get"];
let values: CloudWatch["values"];

beforeEach(() => {
  ({ platform, clock, call, observe, get, values } = cloudWatch());
});

describe("a minute of a series", () => {
  test("can be read when its lag has passed after it ended, not before", async () => {
    observe(1, 0.2, { lag: 2 * minute });
    observe(1, 0.9, { lag: 2 * minute });
    await clock.advance(3 * minute - 1);
    expect(await values("Sum")).toEqual([]);
    expect((await call("ListMetrics", {})).Metrics).toEqual([]);
    await clock.advance(1);
    expect(await values("Sum")).toEqual([2]);
    expect((await call("ListMetrics", {})).Metrics).toEqual([
      {
        Namespace: "AWS/VpcLattice",
        MetricName: "TotalRequestCount",
        Dimensions: [{ Name: "TargetGroup", Value: "tg-1" }],
      },
    ]);
  });

  test("without an observation is absent, one with a zero is zero", async () => {
    observe(0, 1);
    observe(3, 3);
    expect((await get([query("Sum")])).MetricDataResults).toEqual([
      {
        Id: "q",
        Label: "TotalRequestCount",
        Timestamps: [at(3), at(1)],
        Values: [3, 0],
        StatusCode: "Complete",
      },
    ]);
  });

  test("is not mixed with that of other dimensions", async () => {
    observe(5, 0);
    observe(7, 0, { dimensions: { TargetGroup: "tg-1", AvailabilityZone: "a" } });
    expect(await values("Sum")).toEqual([5]);
    const both = [
      { Name: "AvailabilityZone", Value: "a" },
      { Name: "TargetGroup", Value: "tg-1" },
    ];
    const answer = await get([query("Sum", {}, { Dimensions: both })]);
    expect(answer.MetricDataResults[0].Values).toEqual([7]);
  });

  test("is forgotten after a few days", async () => {
    observe(1, 0);
    await clock.advance(4 * 24 * 60 * minute);
    observe(1, 4 * 24 * 60, { metric: "Other" });
    expect((await call("ListMetrics", {})).Metrics).toMatchObject([{ MetricName: "Other" }]);
  });
});

describe("PutMetricData", () => {
  const put = (MetricData: object[], Namespace = "Shop") => call("PutMetricData", { Namespace, MetricData });
  const read = async (Stat: string) =>
    (await get([query(Stat, {}, { Namespace: "Shop", MetricName: "m", Dimensions: [] })]))
      .MetricDataResults[0].Values;

  test("takes values, values with counts and statistic sets, readable at once", async () => {
    await put([
      { MetricName: "m", Value: 1 },
      { MetricName: "m", Values: [2, 3], Counts: [10, 1] },
      { MetricName: "m", StatisticValues: { SampleCount: 2, Sum: 9, Minimum: 4, Maximum: 5 } },
    ]);
    expect([await read("Sum"), await read("SampleCount"), await read("Maximum")]).toEqual([[33], [14], [5]]);
  });
  test.for([
    [{ MetricName: "m" }],
    [{ MetricName: "m", Value: Number.NaN }],
    [{ MetricName: "m", Values: [1, 2], Counts: [1] }],
    [{ MetricName: "m", Value: 1, Dimensions: [{ Name: "a" }] }],
  ] as const)("takes nothing of a call with %o", async ([bad]) => {
    await expect(put([{ MetricName: "m", Value: 1 }, bad])).rejects.toMatchObject({
      code: expect.stringMatching(/^InvalidParameter/),
    });
    expect(await read("Sum")).toEqual([]);
  });
  test("refuses AWS's namespaces", async () => {
    await expect(put([{ MetricName: "m", Value: 1 }], "AWS/VpcLattice")).rejects.toThrow("Namespace");
  });
  test("is allowed by namespace", async () => {
    const mine = { StringEquals: { "cloudwatch:namespace": "Shop" } };
    const role = platform.as(
      platform.putRole("app", "none", allow("cloudwatch:PutMetricData", "*", undefined, mine)),
    );
    const as = (Namespace: string) =>
      platform.call(role, "monitoring", "PutMetricData", { Namespace, MetricData: [] });
    await expect(as("Shop")).resolves.toBeUndefined();
    await expect(as("Bank")).rejects.toMatchObject({ code: "AccessDeniedException" });
  });
});

describe("ListMetrics", () => {
  test("filters by name, dimension and recent data, 500 a page", async () => {
    for (let n = 0; n < 501; n += 1) observe(1, 0, { dimensions: { TargetGroup: `tg-${n}` } });
    const first = await call("ListMetrics", { Namespace: "AWS/VpcLattice" });
    const second = await call("ListMetrics", { Namespace: "AWS/VpcLattice", NextToken: first.NextToken });
    expect([first.Metrics.length, second.Metrics.length, second.NextToken]).toEqual([500, 1, undefined]);
    const filtered = (input: object) => call("ListMetrics", input).then(({ Metrics }) => Metrics.length);
    expect(await filtered({ Dimensions: [{ Name: "TargetGroup", Value: "tg-7" }] })).toBe(1);
    expect(await filtered({ Dimensions: [{ Name: "Service" }] })).toBe(0);
    expect(await filtered({ MetricName: "Other" })).toBe(0);
    await clock.advance(4 * 60 * minute);
    expect(await filtered({ RecentlyActive: "PT3H" })).toBe(0);
    await expect(filtered({ NextToken: "?" })).rejects.toMatchObject({ code: "InvalidNextToken" });
  });
});

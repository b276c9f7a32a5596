import { beforeEach, describe, expect, test } from "vitest";
import { at, type CloudWatch, cloudWatch, query, requests } from "./cloud-watch.ts";

let call: CloudWatch["call"];
let observe: CloudWatch["observe"];
let get: CloudWatch["get"];
let values: CloudWatch["values"];

beforeEach(() => {
  ({ call, observe, get, values } = cloudWatch());
});

describe("GetMetricData", () => {
  test("takes the start in and leaves the end out, oldest first if asked", async () => {
    for (const n of [0, 1, 2, 3]) observe(n, n);
    const answer = await get([query("Sum")], {
      StartTime: at(1),
      EndTime: at(3),
      ScanBy: "TimestampAscending",
    });
    expect(answer.MetricDataResults[0].Values).toEqual([1, 2]);
  });

  test("answers in pages of data points, each once", async () => {
    for (const n of [0, 1, 2, 3, 4]) observe(n, n);
    const queries = [
      query("Sum"),
      { ...query("Maximum"), Id: "r" },
      { ...query("Sum", {}, { MetricName: "No" }), Id: "s" },
    ];
    const seen: Record<string, number[]> = {};
    let NextToken: string | undefined;
    let pages = 0;
    do {
      const answer = await get(queries, { MaxDatapoints: 3, NextToken });
      for (const { Id, Values } of answer.MetricDataResults) seen[Id] = [...(seen[Id] ?? []), ...Values];
      NextToken = answer.NextToken;
      pages += 1;
    } while (NextToken !== undefined && pages < 10);
    expect(seen).toEqual({ q: [4, 3, 2, 1, 0], r: [4, 3, 2, 1, 0], s: [] });
    expect(pages).toBe(4);
  });

  test("answers nothing for a series that is not there, or has another unit", async () => {
    observe(1, 0, { unit: "Count" });
    expect(await values("Sum", { Unit: "Count" })).toEqual([1]);
    expect(await values("Sum", { Unit: "Seconds" })).toEqual([]);
    expect(
      (await get([query("Sum", {}, { MetricName: "RequestCount" })])).MetricDataResults[0].Values,
    ).toEqual([]);
  });

  test.for([
    [
      { MetricDataQueries: [{ Id: "e", Expression: "m1/m2" }] },
      "Error in expression 'e': there is no query m1",
    ],
    [{ MetricDataQueries: [] }, "1 to 500 queries"],
    [{ MetricDataQueries: [query("Sum"), query("Sum")] }, "are not unique"],
    [{ MetricDataQueries: [{ ...query("Sum"), Id: "Q" }] }, "not matching the expected pattern"],
    [{ MetricDataQueries: [query("Sum", { Period: 90 })] }, "The period 90"],
    [{ MetricDataQueries: [{ Id: "q" }] }, "must have a MetricStat"],
    [{ MetricDataQueries: [query("Sum")], EndTime: at(0) }, "StartTime must be less than"],
  ] as const)("refuses %o", async ([input, message]) => {
    const whole = { StartTime: at(0), EndTime: at(1), ...input };
    await expect(call("GetMetricData", whole)).rejects.toThrow(message);
  });
});

describe("GetMetricStatistics", () => {
  const input = {
    Namespace: requests.namespace,
    MetricName: requests.metric,
    Dimensions: [{ Name: "TargetGroup", Value: "tg-1" }],
    StartTime: at(0),
    EndTime: at(60),
    Period: 60,
  };
  test("answers a data point a period", async () => {
    observe(2, 1);
    observe(4, 1);
    const asked = { ...input, Statistics: ["Sum", "Average"], ExtendedStatistics: ["p50"] };
    expect(await call("GetMetricStatistics", asked)).toEqual({
      Label: "TotalRequestCount",
      Datapoints: [{ Timestamp: at(1), Unit: "None", Sum: 6, Average: 3, ExtendedStatistics: { p50: 2 } }],
    });
  });
  test("refuses to answer more than 1,440", async () => {
    const attempt = call("GetMetricStatistics", { ...input, EndTime: at(1441), Statistics: ["Sum"] });
    await expect(attempt).rejects.toThrow("exceeds the limit of 1440");
  });
});

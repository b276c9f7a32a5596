import { beforeEach, describe, expect, test } from "vitest";
import { at, type CloudWatch, cloudWatch, minute, query, requests } from "./cloud-watch.ts";

let observe: CloudWatch["observe"];
let get: CloudWatch["get"];

/** Series by their names, a value a minute; null is none. */
const given: Readonly<Record<string, readonly (number | null)[]>> = {
  errors: [1, 2, null, 4],
  total: [10, 20, 30, 0],
  sparse: [null, 5, null, 7],
};

beforeEach(async () => {
  const watch = cloudWatch();
  ({ observe, get } = watch);
  for (const [metric, values] of Object.entries(given)) {
    for (const [n, value] of values.entries()) if (value !== null) observe(value, n, { metric });
  }
  await watch.clock.advance(4 * minute - 1);
});

const stored = Object.keys(given).map((MetricName) => ({
  ...query("Sum", {}, { MetricName }),
  Id: MetricName,
  ReturnData: false,
}));

/** What an expression comes to in the first four minutes, a value a minute. */
async function computed(Expression: string, more: object[] = []): Promise<(number | null)[][]> {
  const { MetricDataResults } = await get([...stored, ...more, { Id: "e", Expression }], {
    StartTime: at(0),
    EndTime: at(4),
  });
  return MetricDataResults.map(({ Timestamps, Values }: { Timestamps: Date[]; Values: number[] }) => {
    const values = new Map(Timestamps.map((time, index) => [time.getTime(), Values[index]]));
    return [0, 1, 2, 3].map((n) => values.get(at(n).getTime()) ?? null);
  });
}

describe("an expression", () => {
  test.for([
    ["errors + total", [11, 22, 30, 4]],
    ["total - errors", [9, 18, 30, -4]],
    ["errors / total", [0.1, 0.1, 0, null]],
    ["100 * errors / total", [10, 10, 0, null]],
    ["errors * 2 + 1", [3, 5, null, 9]],
    ["-errors", [-1, -2, null, -4]],
    ["2 ^ errors", [2, 4, null, 16]],
    ["(total - errors) / 2", [4.5, 9, 15, -2]],
    ["10 - 4 - total", [-4, -14, -24, 6]],
    ["errors > 1", [0, 1, null, 1]],
    ["errors >= 2 AND total > 0", [0, 1, 0, 0]],
    ["errors == 4 || total == 10", [1, 0, 0, 1]],
    ["errors != sparse", [1, 1, null, 1]],
    ["SUM([errors, sparse])", [1, 7, null, 11]],
    ["SUM(METRICS())", [11, 27, 30, 11]],
    ['SUM(METRICS("err"))', [1, 2, null, 4]],
    ["AVG([errors, sparse])", [0.5, 3.5, null, 5.5]],
    ["MAX([errors, sparse])", [1, 5, null, 7]],
    ["MIN([errors, sparse])", [1, 2, null, 4]],
    ["DATAPOINT_COUNT([errors, sparse])", [1, 2, null, 2]],
    ["total / METRIC_COUNT(METRICS())", [10 / 3, 20 / 3, 10, 0]],
    ["total - MAX(total)", [-20, -10, 0, -30]],
    ["total / SUM(total)", [1 / 6, 1 / 3, 1 / 2, 0]],
    ["errors - AVG(errors)", [1 - 7 / 3, 2 - 7 / 3, null, 4 - 7 / 3]],
    ["total / PERIOD(total)", [1 / 6, 1 / 3, 1 / 2, 0]],
    ["FILL(errors, 0)", [1, 2, 0, 4]],
    ["FILL(errors, total)", [1, 2, 30, 4]],
    ["FILL(sparse, REPEAT)", [null, 5, 5, 7]],
    ["FILL(errors, LINEAR)", [1, 2, 3, 4]],
    ["errors / FILL(sparse, 1)", [1, 0.4, 0, 4 / 7]],
    ["TIME_SERIES(3)", [3, 3, 3, 3]],
    ["ABS(errors - total)", [9, 18, 30, 4]],
    ["CEIL(errors / 3)", [1, 1, null, 2]],
    ["FLOOR(LOG10(total))", [1, 1, 1, null]],
    ["FIRST([errors, total])", [1, 2, null, 4]],
    ["IF(total > 15, 1, 0)", [0, 1, 1, 0]],
    ["IF(errors, sparse)", [0, 5, null, 7]],
    ["IF(total - 10, errors, sparse)", [null, 2, 0, 4]],
    ["IF(1 > 2, errors, total)", [10, 20, 30, 0]],
  ] as const)("%s is %o", async ([expression, values]) => {
    const expected = values.map((value) => (value === null ? null : expect.closeTo(value, 9)));
    expect(await computed(expression)).toEqual([expected]);
  });

  // The tables of AWS's documentation.
  test.for([
    [
      "metric1 < metric2",
      [0, 0, 1, 0],
      [
        [30, 20, 0, 0],
        [20, null, 20, null],
      ],
    ],
    ["metric1 >= 30", [1, 0, 0, 0], [[30, 20, 0, 0]]],
    [
      "metric1 > 15 AND metric2 > 15",
      [1, 0, 0, 0],
      [
        [30, 20, 0, 0],
        [20, null, 20, null],
      ],
    ],
    [
      "IF(metric1, metric2, metric3)",
      [30, 0, 20, null],
      [
        [1, 1, 0, 0],
        [30, null, 0, 0],
        [0, 0, 20, null],
      ],
    ],
    ["IF(metric1, 5, metric3)", [5, 5, 20, null], [[1, 1, 0, 0], [], [0, 0, 20, null]]],
    [
      "IF(metric1, metric2, 5)",
      [30, 0, 5, 5],
      [
        [1, 1, 0, 0],
        [30, null, 0, 0],
      ],
    ],
  ] as const)("%s is %o, as documented", async ([expression, expected, series]) => {
    const queries = [1, 2, 3].map((n) => ({
      ...query("Sum", {}, { MetricName: `documented-${n}` }),
      Id: `metric${n}`,
      ReturnData: false,
    }));
    for (const [index, values] of series.entries()) {
      for (const [n, value] of values.entries()) {
        if (value !== null) observe(value, n, { metric: `documented-${index + 1}` });
      }
    }
    expect(await computed(expression, queries)).toEqual([expected]);
  });

  test("may use other expressions, and comes to several series of an array", async () => {
    const rate = { Id: "rate", Expression: "errors / total", ReturnData: false };
    expect(await computed("rate * 100", [rate])).toEqual([[10, 10, 0, null]]);
    const { MetricDataResults } = await get([
      ...stored,
      { Id: "e", Label: "Half", Expression: "[errors, total] / 2" },
    ]);
    expect(MetricDataResults).toMatchObject([
      { Id: "e", Label: "Half errors", Values: [2, 1, 0.5] },
      { Id: "e", Label: "Half total", Values: [0, 15, 10, 5] },
    ]);
  });

  test.for([
    ["missing + 1", "there is no query missing"],
    ["e + 1", "e depends on itself"],
    ["errors +", "there is nothing to compute before the end"],
    ["errors total", '"total" does not belong there'],
    ["(errors", '")" is missing before the end'],
    ["errors $ 2", "has a character that means nothing"],
    ["SUM(errors)", "a number is no result"],
    ["MEDIAN(errors)", "the function MEDIAN is not offered here; ABS, AVG"],
    ["constructor(errors)", "the function constructor is not offered"],
    ["FILL(errors)", "FILL takes 2 operands, not 1"],
    ["IF(METRICS(), 1, 2)", "IF takes numbers and single time series"],
    ['errors + "two"', '"two" is no number'],
    ["", "there is nothing to compute"],
    [`${"(".repeat(500)}errors${")".repeat(500)}`, "nests more than 100 deep"],
    [`${"-".repeat(500)}errors`, "nests more than 100 deep"],
  ] as const)("'%s' is refused: %s", async ([expression, message]) => {
    await expect(computed(expression)).rejects.toThrow(`Error in expression 'e': `);
    await expect(computed(expression)).rejects.toThrow(message);
  });

  test("sees no more periods than an answer can hold, and none that have not begun", async () => {
    const filled = { Id: "e", Expression: "FILL(total, 0)" };
    await expect(get([...stored, filled], { StartTime: new Date(0) })).rejects.toThrow(
      "periods are more than",
    );
    const { MetricDataResults } = await get([...stored, filled], { EndTime: at(60) });
    expect(MetricDataResults[0].Values).toEqual([0, 30, 20, 10]);
  });

  test("wants the metrics of its request to have one period", async () => {
    const hourly = { ...query("Sum", { Period: 3600 }, { MetricName: "total" }), Id: "hourly" };
    await expect(computed("errors / hourly", [hourly])).rejects.toThrow("share one period");
  });
});

test("an observation may stand for many samples", async () => {
  observe(12, 0, { metric: "RequestTime", count: 1000 });
  observe(90, 0, { metric: "RequestTime", count: 9 });
  const asked = (Stat: string) =>
    query(Stat, {}, { MetricName: "RequestTime", Namespace: requests.namespace });
  const queries = ["SampleCount", "Sum", "p99", "TC(50:)"].map((stat, index) => ({
    ...asked(stat),
    Id: `q${index}`,
  }));
  const { MetricDataResults } = await get(queries);
  expect(MetricDataResults.map(({ Values }: { Values: number[] }) => Values)).toEqual([
    [1009],
    [12_810],
    [12],
    [9],
  ]);
});

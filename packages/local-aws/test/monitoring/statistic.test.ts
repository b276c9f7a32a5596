import { beforeEach, describe, expect, test } from "vitest";
import { type CloudWatch, cloudWatch } from "./cloud-watch.ts";

let observe: CloudWatch["observe"];
let values: CloudWatch["values"];

beforeEach(() => {
  ({ observe, values } = cloudWatch());
});

describe("a statistic", () => {
  beforeEach(() => {
    for (const value of [10, 20, 20, 300, 300.5]) observe(value, 0);
  });

  test.for([
    ["Sum", 650.5],
    ["Average", 130.1],
    ["Minimum", 10],
    ["Maximum", 300.5],
    ["SampleCount", 5],
    ["p50", 20],
    ["p80", 300],
    ["p99.9", 300.5],
    ["TC(20:300)", 1],
    ["TC(300:)", 1],
    ["TC(:20)", 3],
    ["TC(1000:)", 0],
    ["PR(:20)", 60],
    ["PR(10:300)", 60],
    ["TM(10:300)", 340 / 3],
    ["TM(20%:80%)", 340 / 3],
    ["TM(:80%)", 350 / 4],
    ["tm80", 350 / 4],
    ["TM(50%:)", (10 + 300 + 300.5) / 2.5],
    ["tm30", (10 + 20 * 0.5) / 1.5],
  ] as const)("%s is %d", async ([stat, expected]) => {
    expect(await values(stat)).toEqual([expect.closeTo(expected, 9)]);
  });

  test.for([
    "sum",
    "p101",
    "TC(:)",
    "TC(5:1)",
    "TM(90%:10%)",
    "TM(10%:90)",
    "TM(:101%)",
    "PR(1%:2%)",
    "TM(1.2.3:)",
    "tm101",
    "WM(:9)",
    "",
  ])("%s is refused", async (stat) => {
    await expect(values(stat)).rejects.toMatchObject({ code: "InvalidParameterValueException" });
  });

  test("of a longer period is that of all its minutes", async () => {
    observe(5, 4);
    observe(7, 5);
    expect(await values("Sum", { Period: 300 })).toEqual([7, 655.5]);
    expect(await values("p50", { Period: 300 })).toEqual([7, 20]);
  });
});

describe("a flood of observations", () => {
  test("keeps a bounded number of values, exact sums, and counts right to three digits", async () => {
    const n = 100_000;
    for (let i = 1; i <= n; i += 1) observe(i / 7, 0);
    expect((await values("Sum"))[0]).toBeCloseTo((n * (n + 1)) / 14, 1);
    expect(await values("SampleCount")).toEqual([n]);
    expect(await values("Maximum")).toEqual([n / 7]);
    const [above = 0] = await values(`TC(${n / 14}:)`);
    expect(Math.abs(above - n / 2)).toBeLessThan(n * 0.005);
  });
});

import { describe, expect, test } from "vitest";
import { Query, queryFor, summary } from "../../src/index.ts";
import { started } from "../builders.ts";
import { carried } from "../workflow.ts";

// biome-ignore lint/suspicious/noTemplateCurlyInString: it is what stands in a request.
const dimensions = { Group: "${targetGroup}", Shop: "eu" };
const query = { namespace: "Shop", metric: "Lost", dimensions };
const ratio = { name: "baskets", weight: 1, bad: query, total: { ...query, metric: "Baskets" } };
const errors = { name: "errors", weight: 1 };
const lost = {
  baskets: { candidate: { requests: 100, bad: 20 }, stable: { requests: 900, bad: 9 } },
};
const steps = [{ weight: 10, bakeMinutes: 30 }];
const seen = (metrics: readonly object[], ratios = lost) =>
  carried(started(steps, { metrics }), { ratios }).until(60);

describe("a ratio of the user's own", () => {
  test("rolls back on its evidence, and is told by its name", () => {
    const story = seen([errors, ratio]);
    expect(summary(story.rollout)).toMatchObject({
      status: "rolled-back",
      reason: expect.stringContaining("inventory-v3 had baskets in 20.0% of "),
    });
  });

  test("that is a dry run is told with the outcome and decides nothing", () => {
    const story = seen([errors, { ...ratio, dryRun: true }]);
    expect(summary(story.rollout)?.status).toBe("promoted");
    const [outcome] = story.of("rollout-promoted");
    expect(outcome?.metrics).toMatchObject([
      { name: "errors", judged: true },
      { name: "baskets", judged: false, counts: { candidate: { bad: expect.any(Number) } } },
    ]);
    expect(outcome?.metrics[1]?.evidence).toBeGreaterThan(100);
  });

  test("that alone is asked for, as a dry run, leaves errors to judge by", () => {
    const [planned] = seen([{ ...ratio, dryRun: true }]).of("rollout-planned");
    expect(planned?.plan.comparison.metrics.map(({ name, weight }) => [name, weight])).toEqual([
      ["errors", 1],
      ["baskets", 0],
    ]);
  });
});

test("a query about a target group has its id where the request says so", () => {
  expect(queryFor(Query.parse(query), "tg-1")).toEqual({
    namespace: "Shop",
    metric: "Lost",
    statistic: "Sum",
    dimensions: { Group: "tg-1", Shop: "eu" },
  });
});

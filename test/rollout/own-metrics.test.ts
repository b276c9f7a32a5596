import { describe, expect, test } from "vitest";
import { healthy, type Shop } from "./shop.ts";
import { startedWorld } from "./world.ts";

const world = startedWorld();

// biome-ignore lint/suspicious/noTemplateCurlyInString: it is a request's own placeholder.
const GROUP = "${targetGroup}";
const query = (metric: string) => ({ namespace: "Shop", metric, dimensions: { Group: GROUP } });
const lost = { name: "lost", weight: 0.5, bad: query("Lost"), total: query("Baskets") };
const served = { name: "errors", weight: 0.5 };
const strategy = { type: "canary", steps: [{ weight: 50, bakeMinutes: 30 }] };

/** The user's own program counts the baskets of a minute, and those that it lost, by the group that served them. */
async function counted({ groups }: Shop, values: Readonly<Record<string, readonly [string, number][]>>) {
  const Timestamp = new Date(world().clock.now());
  const MetricData = Object.entries(values).flatMap(([version, metrics]) =>
    metrics.map(([MetricName, Value]) => {
      const Dimensions = [{ Name: "Group", Value: groups[version] }];
      return { MetricName, Value, Timestamp, Dimensions };
    }),
  );
  await world().aws.call("monitoring", "PutMetricData", { Namespace: "Shop", MetricData });
}

/** Minutes in which the stable version loses few of its baskets, and the candidate so many of its. */
async function baskets(shop: Shop, minutes: number, lostByCandidate: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 1) {
    await counted(shop, {
      v1: [
        ["Baskets", 100],
        ["Lost", 1],
      ],
      v2: [
        ["Baskets", 100],
        ["Lost", lostByCandidate],
      ],
    });
    await world().minutes(1, 40);
  }
}

describe("a ratio of the user's own", () => {
  test("that is worse for the candidate rolls back, though no request has failed", async () => {
    const shop = await world().shop("baskets", { v1: healthy, v2: healthy });
    await baskets(shop, 5, 0);
    await world().request("lossy", "baskets", { strategy, metrics: [served, lost] });
    await baskets(shop, 6, 40);
    expect(await world().untilEnded("lossy")).toMatchObject({
      status: "rolled-back",
      counts: { candidate: { bad: 0 } },
      reason: expect.stringMatching(
        /^rolled back at 50%: baskets-v2 had lost in 40\.0% of \d+ requests, baskets-v1 1\.0% of \d+,/,
      ),
    });
    expect(await shop.weights()).toEqual({ default: { v1: 100 } });
  });

  test("that is the same for both goes its way", async () => {
    const shop = await world().shop("same", { v1: healthy, v2: healthy });
    await baskets(shop, 5, 1);
    await world().request("same", "same", { strategy, metrics: [served, lost] });
    await baskets(shop, 6, 1);
    expect(await world().summary("same")).toMatchObject({ status: "baking", weight: 50 });
    await world().command("abort", "same");
    await world().untilEnded("same");
  });
});

describe("a threshold of the user's own", () => {
  const metrics = [served, { name: "queue", query: query("Queue"), above: 30, forMinutes: 3 }];
  const queued = async (shop: Shop, lengths: readonly number[]) => {
    for (const length of lengths) {
      await counted(shop, { v1: [["Queue", 5]], v2: [["Queue", length]] });
      await world().minutes(1, 40);
    }
  };

  test("that is passed for as many minutes as asked rolls back, with its last value", async () => {
    const shop = await world().shop("queue", { v1: healthy, v2: healthy });
    await queued(shop, [5, 5]);
    await world().request("long", "queue", { strategy, metrics });
    await queued(shop, [5, 90, 90, 5]);
    expect(await world().summary("long")).toMatchObject({ status: "baking" });
    await queued(shop, [41, 42, 43]);
    expect(await world().untilEnded("long")).toMatchObject({
      status: "rolled-back",
      reason: expect.stringContaining("queue was above 30 for 3 minutes in a row, at last 43"),
    });
    expect(await shop.weights()).toEqual({ default: { v1: 100 } });
  });
});

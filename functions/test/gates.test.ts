import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AdmissionRig, admissionRig } from "./admission-rig.ts";

let rig: AdmissionRig;
let group: string;
beforeAll(async () => {
  rig = await admissionRig();
  const { groups } = await rig.service("inventory", ["v1", "v2"]);
  group = groups.v1 ?? "";
  for (const [AlarmName, Threshold] of [
    ["fine", 1_000],
    ["ringing", -1],
  ] as const) {
    await monitoring("PutMetricAlarm", {
      ...{ AlarmName, Threshold, Namespace: "Shop", MetricName: "Baskets", Statistic: "Sum", Period: 60 },
      ...{ EvaluationPeriods: 1, ComparisonOperator: "GreaterThanThreshold", TreatMissingData: "breaching" },
    });
  }
  const ringing = { AlarmName: "ringing", StateValue: "ALARM", StateReason: "test" };
  await monitoring("SetAlarmState", ringing);
  await monitoring("SetAlarmState", { ...ringing, AlarmName: "fine", StateValue: "OK" });
  await basket(3);
  await rig.clock.advance(30_000);
});
afterAll(() => rig.close());

const monitoring = (operation: string, input: object) => rig.aws.call("monitoring", operation, input);

const basket = (Value: number) =>
  monitoring("PutMetricData", {
    Namespace: "Shop",
    MetricData: [
      {
        ...{ MetricName: "Baskets", Value, Timestamp: new Date(rig.clock.now() - 60_000) },
        Dimensions: [{ Name: "Group", Value: group }],
      },
    ],
  });

let asked = 0;
const ask = (change: object) => {
  asked += 1;
  return rig.ask({ id: `r${asked}`, service: "inventory", candidate: "inventory-v2", ...change });
};

// biome-ignore lint/suspicious/noTemplateCurlyInString: it is a request's own placeholder.
const GROUP = "${targetGroup}";
const query = (metric: string, namespace = "Shop") => ({
  ...{ namespace, metric, dimensions: { Group: GROUP } },
});
const threshold = (metric: string, namespace?: string) => [
  { name: "errors", weight: 1 },
  { name: "lost", query: query(metric, namespace), above: 5 },
];
const lambda = "arn:aws:lambda:us-east-1:123456789012:function";
const nowhere = `${lambda}:espalier-hook-nowhere`;

describe("a request is refused before anything is locked", () => {
  test.for<[string, object, RegExp]>([
    [
      "for an alarm that is not there",
      { alarms: ["fine", "fien"] },
      /^alarms\[1\] is "fien"; there is no such alarm in CloudWatch here$/,
    ],
    [
      "for an alarm that rings already",
      { alarms: ["ringing"] },
      /^alarms\[0\] is "ringing", which is in ALARM already; wait until it is OK, or leave it out$/,
    ],
    [
      "for a hook that is not there",
      { hooks: [{ at: "start", lambda: nowhere }] },
      /^hooks\[0\]\.lambda is "\S+nowhere"; there is no such function here$/,
    ],
    [
      "for a hook that nobody may invoke, by its name",
      { hooks: [{ at: "start", lambda: `${lambda}:check:live` }] },
      /^hooks\[0\]\.lambda is "\S+:check:live"; a hook's name begins with espalier-hook-, or it may not be invoked$/,
    ],
    [
      "for a hook of another account",
      { hooks: [{ at: "start", lambda: "arn:aws:lambda:us-east-1:210987654321:function:espalier-hook-go" }] },
      /^hooks\[0\]\.lambda is "\S+-go"; name a function of the service's account 123456789012 in us-east-1$/,
    ],
    [
      "for a candidate of another region",
      { candidate: "arn:aws:lambda:eu-west-1:123456789012:function:orders:42" },
      /^candidate is "\S+:42"; name a function of the service's account 123456789012 in us-east-1$/,
    ],
    [
      "for a step's hook that is not there",
      { strategy: { type: "canary", steps: [{ weight: 10 }, { weight: 20, hook: { lambda: nowhere } }] } },
      /^strategy\.steps\[1\]\.hook\.lambda is "\S+nowhere"; there is no such function here$/,
    ],
    [
      "for a hook at an address, where hooks are asked from no VPC",
      { hooks: [{ at: "end", url: "http://gate.example/v2" }] },
      /^hooks\[0\]\.url is "http:\/\/gate\.example\/v2"; this deployment asks no addresses, .* name a function, or deploy with ESPALIER_HOOK_SUBNETS and/,
    ],
    [
      "for a metric that nobody measures",
      { metrics: threshold("Basket") },
      /^metrics\[1\]\.query\.metric is "Basket"; CloudWatch has no such metric, there are Baskets$/,
    ],
    [
      "for a namespace that nobody uses",
      { metrics: threshold("Baskets", "Shopp") },
      /^metrics\[1\]\.query\.metric is "Baskets"; CloudWatch has no metrics of the namespace "Shopp"$/,
    ],
    [
      "for a window that does not parse",
      { windows: [{ opens: "every day", minutes: 60 }] },
      /^windows\[0\]\.opens is "every day"; /,
    ],
  ])("%s", async ([, change, problem]) => {
    expect(await ask(change)).toMatchObject({
      outcome: "refused",
      problems: [expect.stringMatching(problem)],
    });
    expect(await rig.dependencies.locks.list()).toEqual([]);
  });

  test("with everything that is wrong at once", async () => {
    const { problems } = await ask({ alarms: ["fien"], hooks: [{ at: "end", lambda: nowhere }] });
    expect(problems).toHaveLength(2);
  });
});

test("what is asked of the user's own metrics is queried once, and the raw value told", async () => {
  const ratio = { name: "baskets", weight: 1, bad: query("Baskets"), total: query("Baskets") };
  const metrics = [...threshold("Baskets"), ratio];
  const { rollout, service } = await ask({ metrics, alarms: ["fine"] });
  const [started] = rig.told.filter(({ type }) => type === "rollout-started");
  expect(started).toMatchObject({
    rollout,
    notes: expect.arrayContaining([
      "metric lost: the Sum of Baskets of inventory-v1 is 3 in the last 15 min",
      "metric lost: the Sum of Baskets of inventory-v2 is nothing in the last 15 min",
    ]),
  });
  expect(await rig.dependencies.listeners.of("fine")).toEqual([rollout]);
  await rig.end(rollout, service ?? "");
});

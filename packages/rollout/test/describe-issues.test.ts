import { describe, expect, test } from "vitest";
import { describeIssues, RolloutRequest } from "../src/index.ts";

const good = {
  service: "inventory",
  candidate: "inventory-v2",
  strategy: {
    type: "canary",
    steps: [
      { weight: 10, bakeMinutes: 5 },
      { weight: 50, bakeMinutes: 5 },
    ],
  },
};

function problems(change: object): string[] {
  const input = { ...good, ...change };
  const { error } = RolloutRequest.safeParse(input);
  return error === undefined ? [] : describeIssues("rollout.yaml", error, input);
}

const canary = (...steps: unknown[]) => ({ strategy: { type: "canary", steps } });

describe("a rollout request", () => {
  test("that is right has no problems, and a default alpha", () => {
    expect(problems({})).toEqual([]);
    expect(RolloutRequest.parse(good).alpha).toBe(0.01);
  });

  test.for<[object, string]>([
    [
      canary({ weight: 10, bakeMinutes: 5 }, { weight: 120, bakeMinutes: 5 }),
      "strategy.steps[1].weight is 120; a weight is a whole number from 0 to 100",
    ],
    [
      canary({ weight: 10.5, bakeMinutes: 5 }),
      "strategy.steps[0].weight is 10.5; a weight is a whole number from 0 to 100",
    ],
    [
      canary({ weight: "10", bakeMinutes: 5 }),
      'strategy.steps[0].weight is "10"; a weight is a whole number from 0 to 100',
    ],
    [
      canary({}),
      "strategy.steps[0] is {}; a step has at least one of weight, match, bakeMinutes, certificate, hook, approval",
    ],
    [
      canary({ weight: 10, bakeMinutes: -1 }),
      "strategy.steps[0].bakeMinutes is -1; a bake is a number of minutes from 0 to 10080, which is a week",
    ],
    [canary(), "strategy.steps is []; the steps are a list of 1 to 50"],
    [
      canary({ weight: 1, bakeMinutes: 1, pause: true }),
      "strategy.steps[0].pause is not known; a step has the fields weight, match, bakeMinutes, certificate, hook, approval",
    ],
    [
      { strategy: { type: "canry" } },
      'strategy.type is "canry"; the strategy types are adaptive, canary, linear, blue-green, header and shift',
    ],
    [
      { strategy: "canary" },
      'strategy is "canary"; a strategy has a type, and what its type asks for: {type: adaptive}, or {type: canary, steps: [...]}',
    ],
    [{ service: "" }, 'service is ""; give the name, id or ARN of the VPC Lattice service'],
    [
      { candidate: undefined },
      "candidate is missing; give the name, id or ARN of the target group of the new version",
    ],
    [{ alpha: 0 }, "alpha is 0; alpha is a chance above 0 and at most 0.5; 0.01 by default"],
    [{ id: "no spaces" }, 'id is "no spaces"; an id has 1 to 200 letters, digits and . _ : / + -'],
    [
      { canidate: "x" },
      "canidate is not known; a rollout request has the fields id, service, candidate, stable, strategy, metrics, objective, alpha, alarms, hooks, windows, onDrift, unreadable, deadlines, whenLocked, warmMinutes, reason, requestedBy",
    ],
    [
      { metrics: [{ name: "latency", weight: 1 }] },
      'metrics[0].name is "latency"; the metrics are errors, slowAtP90 and slowAtP99',
    ],
    [
      { metrics: [{ name: "errors", weight: 1, slowerThanMs: 500 }] },
      'metrics[0] is {"name":"errors","weight":1,"slowerThanMs":500}; slowerThanMs belongs to slowAtP90 and slowAtP99: errors count whatever took how long',
    ],
    [
      { metrics: [{ name: "queue", query: { namespace: "AWS/SQS", metric: "Age" } }] },
      'metrics[0] is {"name":"queue","query":{"namespace":"AWS/SQS","metric":"Age...; above and below are numbers, one of which is given',
    ],
    ...["errors", "slowAtP90", "slowAtP99"].flatMap((name): [object, string][] => {
      const query = { namespace: "Shop", metric: "Lost" };
      const refused = `metrics[0].name is "${name}"; the name of a metric of your own has 1 to 60 letters, digits, _ and -, and is not errors, slowAtP90 or slowAtP99, which are Lattice's`;
      return [
        [{ metrics: [{ name, weight: 1, bad: query, total: query }] }, refused],
        [{ metrics: [{ name, query, above: 1 }] }, refused],
      ];
    }),
    [
      { metrics: [{ nam: "errors" }] },
      'metrics[0] is {"nam":"errors"}; a metric is one of Lattice\'s ({name: errors, weight: 1}), a ratio ({name, weight, bad, total}) or a threshold ({name, query, above})',
    ],
    [
      canary({ approval: { withinMinute: 1 } }),
      "strategy.steps[0].approval.withinMinute is not known; an approval has the fields withinMinutes, otherwise",
    ],
    [
      { windows: [{ opens: "0 9 * * 1-5", minutes: 480, timeZone: "Europe/Berln" }] },
      'windows[0].timeZone is "Europe/Berln"; timeZone is a name as in Europe/Berlin; UTC by default',
    ],
    [{ hooks: [{ at: "start" }] }, 'hooks[0] is {"at":"start"}; a hook calls either a lambda or a url'],
    [
      { strategy: { type: "header", match: {}, bakeMinutes: 1 } },
      "strategy.match is {}; a match names a header, a method or a path",
    ],
    [
      { strategy: { type: "adaptive" }, hooks: [{ at: "step", url: "http://checks.example" }] },
      'hooks[0].at is "step"; an adaptive rollout has no steps to ask at; use start, end and roll-back',
    ],
    [
      { candidate: "arn:aws:lambda:us-east-1:123456789012:function:orders" },
      'candidate is "arn:aws:lambda:us-east-1:123456789012:function:orders"; name a version or an alias of the function, as in arn:...:function:orders:42',
    ],
    [
      { candidate: { type: "IP", targets: [] } },
      "candidate.targets is []; the targets are a list of 1 to 100, each with its id",
    ],
  ])("with %j is answered with the field, what was given and what would do", ([change, expected]) => {
    expect(problems(change)).toEqual([`rollout.yaml: ${expected}`]);
  });

  test.for([[null], ["text"], [[]], [17]])("that is %j is refused in words", ([input]) => {
    const { error } = RolloutRequest.safeParse(input);
    expect(error && describeIssues("", error, input)[0]).toMatch(
      /^the document is .*; a rollout request has/,
    );
  });
});

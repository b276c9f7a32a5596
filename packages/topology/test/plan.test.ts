import { describe, expect, test } from "vitest";
import { ownerTag, plan, type TopologyDocument } from "../src/index.ts";
import { group, stall } from "./build-document.ts";
import { converge, settled } from "./converge.ts";
import { type ModelLattice, modelLattice } from "./model-lattice.ts";

/** What is not unchanged, as `verb address`. */
const open = (document: TopologyDocument, lattice: ModelLattice, adopt: string[] = []) =>
  plan(document, lattice.existing(), adopt).changes.flatMap((change) =>
    change.state === "unchanged"
      ? []
      : [`${"verb" in change ? change.verb : change.state} ${change.address}`],
  );

/** A Lattice in which the stall was applied. */
function applied(change?: Parameters<typeof stall>[0]): ModelLattice {
  const lattice = modelLattice();
  settled(stall(change), lattice);
  return lattice;
}

describe("a plan", () => {
  test("of what is applied has nothing to do", () => {
    expect(open(stall(), applied())).toEqual([]);
  });

  test("creates what is not there, each after what it needs", () => {
    const { changes } = plan(stall(), modelLattice().existing());
    const after = Object.fromEntries(
      changes.map((c) => [c.address, c.state === "blocked" ? c.after : c.state]),
    );
    expect(after).toEqual({
      "targetGroups.fruit-v1": "ready",
      "targetGroups.fruit-v1.targets": ["targetGroups.fruit-v1"],
      "targetGroups.fruit-v2": "ready",
      "targetGroups.fruit-v2.targets": ["targetGroups.fruit-v2"],
      "networks.market": "ready",
      "networks.market.vpcs.vpc-0000000000000000a": ["networks.market"],
      "networks.market.policy": ["networks.market", "services.fruit"],
      "services.fruit": "ready",
      "services.fruit.listeners.http": [
        "services.fruit",
        "targetGroups.fruit-v1",
        "targetGroups.fruit-v1.targets",
        "targetGroups.fruit-v2",
        "targetGroups.fruit-v2.targets",
      ],
      "services.fruit.listeners.http.rules.apples": ["services.fruit.listeners.http"],
      "services.fruit.networks.market": ["services.fruit", "networks.market"],
    });
  });

  test.for<[string, (document: ReturnType<typeof JSON.parse>) => void, string[]]>([
    ["an authType", (d) => (d.networks.market.authType = "NONE"), ["update networks.market"]],
    [
      "a policy",
      (d) => (d.networks.market.policy.Statement[0].Effect = "Deny"),
      ["update networks.market.policy"],
    ],
    ["a policy taken out", (d) => delete d.networks.market.policy, ["delete networks.market.policy"]],
    [
      "security groups",
      (d) => (d.networks.market.vpcs[0].securityGroups = ["sg-2"]),
      ["update networks.market.vpcs.vpc-0000000000000000a"],
    ],
    [
      "security groups taken out",
      (d) => (d.networks.market.vpcs[0].securityGroups = []),
      ["replace networks.market.vpcs.vpc-0000000000000000a"],
    ],
    [
      "a VPC taken out",
      (d) => (d.networks.market.vpcs = []),
      ["delete networks.market.vpcs.vpc-0000000000000000a"],
    ],
    ["an idle timeout", (d) => (d.services.fruit.idleTimeoutSeconds = 90), ["update services.fruit"]],
    ["tags", (d) => (d.services.fruit.tags = { team: "a" }), ["update services.fruit"]],
    ["a network left", (d) => (d.services.fruit.networks = []), ["delete services.fruit.networks.market"]],
    [
      "a rule's path",
      (d) => (d.services.fruit.listeners.http.rules[0].match.path = { exact: "/apples" }),
      ["update services.fruit.listeners.http.rules.apples"],
    ],
    [
      "a rule taken out",
      (d) => (d.services.fruit.listeners.http.rules = []),
      ["delete services.fruit.listeners.http.rules.apples"],
    ],
    [
      "a listener taken out",
      (d) => delete d.services.fruit.listeners.http,
      ["delete services.fruit.listeners.http"],
    ],
    [
      "a health check",
      (d) => (d.targetGroups["fruit-v1"].healthCheck = { path: "/health" }),
      ["update targetGroups.fruit-v1"],
    ],
    [
      "targets",
      (d) => (d.targetGroups["fruit-v1"].targets = ["10.0.0.9"]),
      ["update targetGroups.fruit-v1.targets"],
    ],
    ["targets left to others", (d) => (d.targetGroups["fruit-v1"].targets = "external"), []],
    [
      "the order of a policy's keys",
      (d) => (d.networks.market.policy = reversed(d.networks.market.policy)),
      [],
    ],
    [
      "weights",
      (d) => (d.services.fruit.listeners.http.defaultAction.forward = { "fruit-v1": 1, "fruit-v2": 99 }),
      [],
    ],
  ])("that changes %s is applied, and then has nothing to do", ([, change, expected]) => {
    const lattice = applied();
    expect(open(stall(change), lattice)).toEqual(expected);
    expect(settled(stall(change), lattice).failures).toEqual([]);
    expect(open(stall(change), lattice)).toEqual([]);
  });

  test("of an empty document deletes all that it owns, in an order that Lattice allows", () => {
    const lattice = applied();
    const empty = stall((d) => Object.assign(d, { networks: {}, targetGroups: {}, services: {} }));
    expect(settled(empty, lattice)).toMatchObject({ failures: [], created: 0 });
    expect(lattice.existing()).toEqual({
      networks: [],
      otherNetworks: [],
      services: [],
      targetGroups: [],
      elsewhere: { networks: 0, services: 0, targetGroups: 0 },
    });
  });

  test("takes names as they are, those of JavaScript's own too", () => {
    const lattice = applied((d) => {
      d.services.constructor = {
        listeners: { constructor: { protocol: "HTTP", defaultAction: { fixedResponse: 404 } } },
      };
    });
    expect(settled(stall(), lattice)).toMatchObject({ deleted: 1, failures: [] });
  });

  test("lets rules change places", () => {
    const rule = (name: string, priority: number) => ({
      name,
      priority,
      match: { path: { prefix: `/${name}` } },
      action: { fixedResponse: 404 },
    });
    const names = ["apples", "pears", "plums", "figs"];
    const listed = (...priorities: number[]) =>
      stall((d) => {
        d.services.fruit.listeners.http.rules = names.map((name, index) =>
          rule(name, priorities[index] ?? 0),
        );
      });
    const lattice = modelLattice();
    settled(listed(1, 2, 3, 4), lattice);
    const prioritiesAfter = (...priorities: number[]) => {
      expect(settled(listed(...priorities), lattice).failures).toEqual([]);
      return lattice.existing().services[0]?.listeners[0]?.rules.map(({ priority }) => priority);
    };
    expect(prioritiesAfter(2, 3, 1, 4)).toEqual([2, 3, 1, 4]);
    expect(prioritiesAfter(3, 2, 4, 1)).toEqual([3, 2, 4, 1]);
    expect(prioritiesAfter(1, 4, 2, 3)).toEqual([1, 4, 2, 3]);
    // Two pairs that change places at once: 1 with 4, and 2 with 3.
    expect(prioritiesAfter(4, 1, 3, 2)).toEqual([4, 1, 3, 2]);
  });
});

describe("weights that a rollout set", () => {
  const promoted = () => {
    const lattice = applied();
    for (const listener of lattice.now.services[0]?.listeners ?? [])
      for (const action of [listener.defaultAction, ...listener.rules.map((rule) => rule.action)])
        if ("forward" in action) for (const one of action.forward.targetGroups) one.weight = 100 - one.weight;
    return lattice;
  };

  test("survive an apply", () => {
    const lattice = promoted();
    const before = lattice.existing();
    expect(settled(stall(), lattice)).toMatchObject({ created: 0, updated: 0, unchanged: 11 });
    expect(lattice.existing()).toEqual(before);
  });

  test("survive a change of the structure around them", () => {
    const lattice = promoted();
    const document = stall((d) => {
      d.targetGroups["fruit-v3"] = group("10.0.0.3");
      d.services.fruit.listeners.http.defaultAction.forward["fruit-v3"] = 50;
    });
    settled(document, lattice);
    const [one, two, three] = lattice.existing().targetGroups.map(({ id }) => id);
    expect(lattice.existing().services[0]?.listeners[0]?.defaultAction).toEqual({
      forward: {
        targetGroups: [
          { targetGroupIdentifier: one, weight: 0 },
          { targetGroupIdentifier: two, weight: 100 },
          { targetGroupIdentifier: three, weight: 0 },
        ],
      },
    });
  });

  test("protect the last group that has them: it can be taken out once another carries something", () => {
    const lattice = promoted();
    const without = (name: string) =>
      stall((d) => {
        delete d.targetGroups[name];
        delete d.services.fruit.listeners.http.defaultAction.forward[name];
        d.services.fruit.listeners.http.rules = [];
        if (name === "fruit-v1") d.services.fruit.listeners.http.defaultAction.forward["fruit-v2"] = 100;
      });
    expect(converge(without("fruit-v2"), lattice)).toMatchObject({
      next: "refuse",
      problems: [
        { place: "services.fruit.listeners.http", message: expect.stringContaining("roll out first") },
      ],
    });
    expect(settled(without("fruit-v1"), lattice).failures).toEqual([]);
    expect(lattice.existing().targetGroups.map(({ name }) => name)).toEqual(["fruit-v2"]);
  });
});

describe("what somebody else made", () => {
  test("is not touched, and refuses the document that has its name", () => {
    const lattice = applied();
    const other = stall((d) => (d.name = "other"));
    const turn = converge(other, lattice);
    expect(turn).toMatchObject({ next: "refuse" });
    expect(turn.next === "refuse" && turn.problems[0]).toEqual({
      place: "targetGroups.fruit-v1",
      message:
        'is taken: the target group fruit-v1 exists and it belongs to the topology "stall"; adopt targetGroups.fruit-v1, or choose another name',
    });
  });

  test("has nothing planned inside of it", () => {
    const lattice = applied();
    const other = stall((d) => (d.name = "other"));
    const states = plan(other, lattice.existing()).changes.map(({ state, address }) => `${state} ${address}`);
    expect(states).toEqual([
      "refused targetGroups.fruit-v1",
      "refused targetGroups.fruit-v2",
      "refused networks.market",
      "refused services.fruit",
    ]);
  });

  test("is adopted with all that is in it, or what is not is refused before anything is changed", () => {
    const lattice = applied();
    const other = stall((d) => (d.name = "other"));
    const adopt = ["targetGroups.*", "networks.*", "services.fruit", "services.fruit.listeners.http"];
    expect(converge(other, lattice, { adopt })).toMatchObject({
      next: "refuse",
      problems: [{ place: "services.fruit.listeners.http.rules.apples" }],
    });
    expect(settled(other, lattice, { adopt: ["*"] })).toMatchObject({ created: 0, failures: [] });
    expect(open(other, lattice)).toEqual([]);
    const empty = stall((d) =>
      Object.assign(d, { name: "other", networks: {}, targetGroups: {}, services: {} }),
    );
    expect(settled(empty, lattice)).toMatchObject({ failures: [] });
    expect(lattice.existing()).toMatchObject({ networks: [], services: [], targetGroups: [] });
  });

  test("is not deleted with what a document owns", () => {
    const lattice = applied();
    for (const network of lattice.now.networks) delete network.tags[ownerTag];
    const empty = stall((d) => Object.assign(d, { networks: {}, targetGroups: {}, services: {} }));
    settled(empty, lattice);
    expect(lattice.existing().networks.map(({ name }) => name)).toEqual(["market"]);
  });

  test("is owned from then on when it is adopted by name", () => {
    const lattice = applied();
    for (const network of lattice.now.networks) delete network.tags[ownerTag];
    expect(settled(stall(), lattice, { adopt: ["networks.market"] })).toMatchObject({
      updated: 1,
      failures: [],
    });
    expect(open(stall(), lattice)).toEqual([]);
  });

  test("is not even adopted where a Kubernetes controller goes on writing it", () => {
    const lattice = applied();
    for (const network of lattice.now.networks)
      network.tags = { "application-networking.k8s.aws/ManagedBy": "123456789012/cluster/vpc-1" };
    expect(converge(stall(), lattice, { adopt: ["networks.market"] })).toMatchObject({
      next: "refuse",
      problems: [
        {
          place: "networks.market",
          message: expect.stringContaining("belongs to the Kubernetes controller"),
        },
      ],
    });
  });

  test("stays in a listener of ours: a rule made by hand", () => {
    const lattice = applied();
    const rules = lattice.now.services[0]?.listeners[0]?.rules ?? [];
    const [first] = rules;
    if (first)
      rules.push({ ...first, id: "rule-hand", arn: "rule-hand", name: "by-hand", priority: 50, tags: {} });
    expect(open(stall(), lattice)).toEqual([]);
  });
});

describe("a fixed field of a target group", () => {
  const moved = stall((d) => (d.targetGroups["fruit-v1"].port = 8080));

  test("is refused while rules name the group", () => {
    expect(converge(moved, applied())).toMatchObject({
      next: "refuse",
      problems: [
        { place: "targetGroups.fruit-v1.port", message: expect.stringMatching(/^is 8080, and was 80; /) },
      ],
    });
  });

  test("replaces the group where none do", () => {
    const unused = (port: number) => stall((d) => (d.targetGroups.spare = { ...group("10.0.0.7"), port }));
    const lattice = modelLattice();
    settled(unused(80), lattice);
    expect(settled(unused(8080), lattice)).toMatchObject({ replaced: 1, failures: [] });
    expect(lattice.existing().targetGroups.find(({ name }) => name === "spare")).toMatchObject({
      port: 8080,
      targets: [{ id: "10.0.0.7", port: 8080 }],
    });
  });
});

function reversed(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).reverse());
}

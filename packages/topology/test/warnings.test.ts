import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { alwaysTakes } from "../src/checks/always-takes.ts";
import { globsMeet } from "../src/checks/globs-meet.ts";
import { Match } from "../src/document/listener.ts";
import { plan, type TopologyDocument } from "../src/index.ts";
import { group, stall } from "./build-document.ts";
import { settled } from "./converge.ts";
import { modelLattice } from "./model-lattice.ts";

const told = (document: TopologyDocument, lattice = modelLattice()) =>
  plan(document, lattice.existing()).warnings.map(
    ({ address, sentence, confirm }) => `${confirm ? "! " : ""}${address} ${sentence}`,
  );

const rules = (d: ReturnType<typeof JSON.parse>, ...matches: object[]) => {
  d.services.fruit.listeners.http.rules = matches.map((match, at) => ({
    name: `number-${at + 1}`,
    priority: at + 1,
    match,
    action: { fixedResponse: 404 },
  }));
};

describe("a document that means what it says", () => {
  test("is warned of nothing", () => {
    expect(told(stall())).toEqual([]);
  });
});

describe("a rule behind one that takes everything it could", () => {
  test("is told with the other's name and priority", () => {
    const shadowed = stall((d) =>
      rules(d, { path: { prefix: "/apples" } }, { path: { exact: "/Apples/red" }, method: "GET" }),
    );
    expect(told(shadowed)).toEqual([
      "services.fruit.listeners.http.rules.number-2 can never match: the rule number-1, priority 1, takes every request that it could; put it before that one, or narrow number-1",
    ]);
  });

  test.for<[string, object, object, boolean]>([
    ["a prefix and what begins with it", { path: { prefix: "/a" } }, { path: { prefix: "/a/b" } }, true],
    ["a prefix and itself", { path: { prefix: "/a" } }, { path: { prefix: "/a" } }, true],
    ["a prefix and an exact path of it", { path: { prefix: "/a" } }, { path: { exact: "/ab" } }, true],
    ["an exact path and a prefix", { path: { exact: "/a" } }, { path: { prefix: "/a" } }, false],
    ["a longer prefix", { path: { prefix: "/a/b" } }, { path: { prefix: "/a" } }, false],
    [
      "one that minds case",
      { path: { prefix: "/a", caseSensitive: true } },
      { path: { prefix: "/a" } },
      false,
    ],
    [
      "one that minds case where there is none",
      { path: { prefix: "/1", caseSensitive: true } },
      { path: { prefix: "/1a" } },
      true,
    ],
    [
      "one that does not mind case",
      { path: { exact: "/a" } },
      { path: { exact: "/A", caseSensitive: true } },
      true,
    ],
    ["any path and a method only", { path: { prefix: "/" } }, { method: "GET" }, true],
    ["a method and another", { method: "GET" }, { method: "PUT" }, false],
    ["a method and a path", { method: "GET" }, { path: { exact: "/a" } }, false],
    [
      "a header and the same with more beside it",
      { headers: [{ name: "X-A", contains: "b" }] },
      { headers: [{ name: "x-a", exact: "abc" }], method: "GET" },
      true,
    ],
    [
      "a header's beginning and what it contains",
      { headers: [{ name: "x-a", prefix: "b" }] },
      { headers: [{ name: "x-a", contains: "b" }] },
      false,
    ],
    [
      "a header and another",
      { headers: [{ name: "x-a", exact: "b" }] },
      { headers: [{ name: "x-b", exact: "b" }] },
      false,
    ],
  ])("is found by comparing %s", ([, earlier, later, expected]) => {
    expect(alwaysTakes(Match.parse(earlier), Match.parse(later))).toBe(expected);
  });

  test("takes nothing, whatever is asked", () => {
    const letters = fc.constantFrom("a", "A", "b", "1");
    const texts = fc.array(letters, { minLength: 1, maxLength: 3 }).map((all) => all.join(""));
    const kinds = (...all: string[]) =>
      fc
        .record({ how: fc.constantFrom(...all), text: texts, caseSensitive: fc.boolean() })
        .map(({ how, text, caseSensitive }) => ({ [how]: text, caseSensitive }));
    const paths = fc
      .record({
        how: fc.constantFrom("exact", "prefix"),
        text: fc.option(texts, { nil: "" }),
        caseSensitive: fc.boolean(),
      })
      .map(({ how, text, caseSensitive }) => ({ [how]: `/${text}`, caseSensitive }));
    const headers = kinds("exact", "prefix", "contains").map((comparison) => [
      { name: "x-a", ...comparison },
    ]);
    const matches = fc
      .record({ method: fc.constantFrom("GET", "PUT"), path: paths, headers }, { requiredKeys: [] })
      .filter((match) => Object.keys(match).length > 0)
      .map((match) => Match.parse(match));
    const requests = fc.record({
      method: fc.constantFrom("GET", "PUT"),
      path: fc.option(texts, { nil: "" }).map((text) => `/${text}`),
      header: fc.option(texts, { nil: undefined }),
    });
    type Request = typeof requests extends fc.Arbitrary<infer T> ? T : never;
    const holds = (comparison: Record<string, unknown>, text: string) => {
      const fold = (one: unknown) => (comparison.caseSensitive ? String(one) : String(one).toLowerCase());
      if ("exact" in comparison) return fold(text) === fold(comparison.exact);
      if ("prefix" in comparison) return fold(text).startsWith(fold(comparison.prefix));
      return fold(text).includes(fold(comparison.contains));
    };
    const takes = (match: Match, request: Request) =>
      (match.method === undefined || match.method === request.method) &&
      (match.path === undefined || holds(match.path, request.path)) &&
      (match.headers ?? []).every((one) => request.header !== undefined && holds(one, request.header));
    let shadows = 0;
    fc.assert(
      fc.property(
        matches,
        matches,
        fc.array(requests, { minLength: 20, maxLength: 20 }),
        (earlier, later, asked) => {
          if (!alwaysTakes(earlier, later)) return;
          shadows += 1;
          for (const request of asked)
            if (takes(later, request)) expect(takes(earlier, request), JSON.stringify(request)).toBe(true);
        },
      ),
      { numRuns: 5000 },
    );
    expect(shadows).toBeGreaterThan(100);
  });
});

describe("a policy", () => {
  const statement = (change: object, more: (d: ReturnType<typeof JSON.parse>) => void = () => {}) =>
    told(
      stall((d) => {
        Object.assign(d.networks.market.policy.Statement[0], change);
        more(d);
      }),
    );
  const never = "networks.market.policy Statement[0] can never apply:";

  test.for<[string, object, string]>([
    [
      "about something else than calls",
      { Action: "vpc-lattice:Invoke" },
      `${never} a call of a service is vpc-lattice-svcs:Invoke, and its Action is vpc-lattice:Invoke`,
    ],
    [
      "about a service without a path",
      { Resource: `$\{service:fruit.arn}` },
      `${never} a call's resource is a service's ARN and a path, as in \${service:NAME.arn}/*, and its Resource is \${service:fruit.arn}`,
    ],
    [
      "about a network",
      { Resource: `$\{network:market.arn}/*` },
      `${never} a call's resource is a service's ARN and a path, as in \${service:NAME.arn}/*, and its Resource is \${network:market.arn}/*`,
    ],
    [
      "of an AWS service's",
      { Principal: { Service: "lambda.amazonaws.com" } },
      `${never} callers are principals of AWS or nobody in particular, and its Principal has no AWS`,
    ],
    [
      "of roles by a wildcard",
      { Principal: { AWS: "arn:aws:iam::123456789012:role/*" } },
      `${never} no caller is arn:aws:iam::123456789012:role/*; a Principal is an account, or the ARN of a role or user without wildcards`,
    ],
    [
      "on a key that Lattice does not have",
      { Condition: { StringEquals: { "vpc-lattice-svcs:Method": "GET" } } },
      `${never} StringEquals asks for vpc-lattice-svcs:Method, which no call has`,
    ],
    [
      "on a path that is none",
      { Condition: { StringLike: { "vpc-lattice-svcs:RequestPath": ["stock/*"] } } },
      `${never} no call has stock/* as its vpc-lattice-svcs:RequestPath`,
    ],
    [
      "on a method in small letters",
      { Condition: { StringEquals: { "vpc-lattice-svcs:RequestMethod": "get" } } },
      `${never} no call has get as its vpc-lattice-svcs:RequestMethod`,
    ],
  ])("with a statement %s is told why", ([, change, expected]) => {
    expect(statement(change)).toEqual([expected]);
  });

  test.for<[string, object]>([
    ["about any path", { Resource: "*" }],
    ["about a path of any service", { Resource: "*/stock" }],
    ["about services by a wildcard", { Resource: "arn:aws:vpc-lattice:us-east-1:*:service/*" }],
    ["on a method by a wildcard", { Condition: { StringLike: { "vpc-lattice-svcs:RequestMethod": "*" } } }],
    ["on no header of a name", { Condition: { Null: { "vpc-lattice-svcs:Nothing": "true" } } }],
    ["of a role's reference", { Principal: { AWS: `$\{role:order.arn}` } }],
    ["of any action", { Action: "*" }],
  ])("with a statement %s is fine", ([, change]) => {
    expect(statement(change)).toEqual([]);
  });

  test("with a Deny that never applies has to be confirmed", () => {
    expect(statement({ Effect: "Deny", Action: "s3:GetObject" })[0]).toMatch(/^! networks.market.policy/);
  });

  test("about a service that is not in the network is told", () => {
    expect(statement({}, (d) => (d.services.fruit.networks = []))).toEqual([
      `${never} the service fruit is not in the network market`,
    ]);
  });

  test("that nobody looks at has to be confirmed", () => {
    expect(told(stall((d) => (d.networks.market.authType = "NONE")))).toEqual([
      "! networks.market.policy is kept and not looked at while authType is NONE: everybody may call; write authType: AWS_IAM",
    ]);
  });
});

describe("two patterns", () => {
  test("meet where there is a text of both, and only there", () => {
    const patterns = fc
      .array(fc.constantFrom("a", "b", "*", "?"), { maxLength: 5 })
      .map((signs) => signs.join(""));
    const texts = ["", ..."ab"].flatMap((x) =>
      ["", ..."ab"].flatMap((y) => ["", ..."ab"].flatMap((z) => ["", ..."ab"].map((w) => x + y + z + w))),
    );
    const matches = (pattern: string, text: string) =>
      new RegExp(`^${pattern.replaceAll("*", ".*").replaceAll("?", ".")}$`).test(text);
    fc.assert(
      fc.property(patterns, patterns, (one, other) => {
        const met = texts.some((text) => matches(one, text) && matches(other, text));
        if (met) expect(globsMeet(one, other)).toBe(true);
        // Without a star the texts are all there are up to this length.
        const short = [one, other].some((pattern) => !pattern.includes("*") && pattern.length <= 4);
        if (short) expect(globsMeet(one, other)).toBe(met);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("more than Lattice allows", () => {
  const many = (count: number) =>
    stall((d) => rules(d, ...Array.from({ length: count }, (_, at) => ({ path: { exact: `/${at}` } }))));

  test("is told with the quota's code before anything is made, and has to be confirmed", () => {
    expect(told(many(10))).toEqual([]);
    expect(told(many(11))).toEqual([
      "! services.fruit.listeners.http makes 11 rules of a listener; Lattice allows 10 unless more were granted (Service Quotas, L-CF78395E)",
    ]);
  });

  test("is nothing to tell where it is there already", () => {
    const lattice = modelLattice();
    settled(many(11), lattice);
    expect(told(many(11), lattice)).toEqual([]);
    expect(told(many(12), lattice)).toHaveLength(1);
  });

  test("counts what others have", () => {
    const lattice = modelLattice();
    lattice.now.elsewhere.networks = 50;
    expect(told(stall(), lattice)).toEqual([
      "! networks makes 51 service networks in a region; Lattice allows 50 unless more were granted (Service Quotas, L-9CAD07FB)",
    ]);
  });

  test.for<[string, (d: ReturnType<typeof JSON.parse>) => void, RegExp]>([
    [
      "listeners",
      (d) => {
        for (const [at, name] of ["two", "three"].entries())
          d.services.fruit.listeners[name] = {
            protocol: "HTTP",
            port: 81 + at,
            defaultAction: { fixedResponse: 404 },
          };
      },
      /^! services.fruit makes 3 listeners of a service/,
    ],
    [
      "target groups",
      (d) => {
        const names = Array.from({ length: 9 }, (_, at) => `more-${at}`);
        for (const name of names) d.targetGroups[name] = group("10.0.0.3");
        d.services.fruit.listeners.http.rules[0].action.forward = Object.fromEntries(
          names.map((name) => [name, 1]),
        );
      },
      /^! services.fruit makes 11 target groups of a service/,
    ],
    [
      "targets",
      (d) => {
        const address = (at: number) => `10.0.${Math.floor(at / 250)}.${at % 250}`;
        d.targetGroups["fruit-v1"].targets = Array.from({ length: 1001 }, (_, at) => address(at));
      },
      /^! targetGroups.fruit-v1.targets makes 1001 targets of a target group/,
    ],
  ])("is found of %s", ([, change, expected]) => {
    expect(told(stall(change))).toEqual([expect.stringMatching(expected)]);
  });
});

describe("what is forwarded to", () => {
  test("and filled by others is told while it is empty", () => {
    const external = stall((d) => (d.targetGroups["fruit-v1"].targets = "external"));
    const lattice = modelLattice();
    const idle = "forwards to fruit-v1, whose targets others register, and none is registered";
    expect(told(external, lattice)).toEqual([
      `services.fruit.listeners.http ${idle}`,
      `services.fruit.listeners.http.rules.apples ${idle}`,
    ]);
    settled(external, lattice);
    lattice.now.targetGroups[0]?.targets.push({ id: "10.0.0.1", port: 80, status: "HEALTHY" });
    expect(told(external, lattice)).toEqual([]);
  });
});

describe("a custom domain", () => {
  test("that is called by HTTPS and has no certificate is told", () => {
    const domain = (certificate?: string) =>
      stall((d) => {
        d.services.fruit.listeners.http.protocol = "HTTPS";
        d.services.fruit.domain = { name: "fruit.example", ...(certificate && { certificate }) };
      });
    expect(told(domain())).toEqual([
      "services.fruit.domain has no certificate for fruit.example: calls of it by HTTPS fail",
    ]);
    expect(told(domain("arn:aws:acm:us-east-1:123456789012:certificate/a-1"))).toEqual([]);
  });
});

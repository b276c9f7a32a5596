import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  checkAccess,
  cutOff,
  misplacedPolicy,
  readPolicy,
  type Seen,
  suggestPolicy,
  tally,
  unusedGrants,
} from "../src/index.ts";
import {
  account,
  anonymous,
  anything,
  delivery,
  document,
  guarded,
  invoke,
  launchPost,
  role,
  roleArn,
  shop,
  shopNetwork,
  stock,
} from "./shop-premises.ts";

const saw = (method: string, path: string, more: Partial<Seen> = {}): Seen => ({
  caller: roleArn("order"),
  service: stock,
  network: shopNetwork,
  sourceVpc: "vpc-1",
  method,
  path,
  allowed: true,
  count: 1,
  ...more,
});

const line = (more: object) =>
  JSON.stringify({
    resolvedUser: `arn:aws:sts::${account}:assumed-role/order/one`,
    callerPrincipal: "-",
    authDeniedReason: "-",
    failureReason: "-",
    serviceArn: stock,
    serviceNetworkArn: shopNetwork,
    sourceVpcId: "vpc-1",
    requestMethod: "GET",
    requestPath: "/stock?sku=1",
    ...more,
  });

describe("a tally of an access log", () => {
  test("counts requests that are alike, a role's sessions as one caller", () => {
    const counted = tally();
    counted.add(line({}));
    counted.add(
      line({ resolvedUser: `arn:aws:sts::${account}:assumed-role/order/two`, requestPath: "/stock" }),
    );
    counted.add(line({ resolvedUser: "Anonymous" }));
    counted.add(
      line({ resolvedUser: null, authDeniedReason: "Network", failureReason: "ClientAccessDenied" }),
    );
    expect(counted.seen()).toEqual([
      saw("GET", "/stock", { count: 2 }),
      saw("GET", "/stock", { caller: "anonymous" }),
      saw("GET", "/stock", { caller: "anonymous", allowed: false }),
    ]);
  });

  test("counts a request once that two logs have", () => {
    const counted = tally();
    for (const requestId of ["1", "2", "1", "-", null]) counted.add(line({ requestId }));
    expect(counted.seen()).toEqual([saw("GET", "/stock", { count: 4 })]);
  });

  test("skips refused signatures and what is no line of an access log", () => {
    const counted = tally();
    const bad = ["", "{", "[]", "null", line({ serviceArn: 1 }), line({ resolvedUser: "Unknown" })];
    for (const each of bad) counted.add(each);
    expect([counted.seen(), counted.lines, counted.skipped]).toEqual([[], bad.length, bad.length]);
  });
});

describe("a suggested policy", () => {
  const suggest = (seen: readonly Seen[]) => suggestPolicy({ arn: stock }, seen, []);

  test("allows by caller, method and path what was seen and let in, and counts what each statement covers", () => {
    const { policy, covers } = suggest([
      saw("GET", "/stock", { count: 7 }),
      saw("GET", "/health", { caller: "anonymous", count: 3 }),
      saw("POST", "/stock", { allowed: false }),
      saw("GET", "/delivery", { service: delivery }),
    ]);
    const method = (value: string) => ({ "vpc-lattice-svcs:RequestMethod": value });
    expect(policy).toEqual(
      document(
        {
          ...invoke,
          Principal: "*",
          Resource: `${stock}/health`,
          Condition: {
            StringEquals: {
              ...method("GET"),
              "aws:PrincipalType": "Anonymous",
              "vpc-lattice-svcs:SourceVpc": ["vpc-1"],
            },
          },
        },
        {
          ...invoke,
          Principal: { AWS: roleArn("order") },
          Resource: `${stock}/stock`,
          Condition: { StringEquals: method("GET") },
        },
      ),
    );
    expect(covers).toEqual([
      { caller: "anonymous", requests: 3 },
      { caller: "role order", requests: 7 },
    ]);
  });

  test("is none where nothing was let in", () => {
    expect(suggest([saw("GET", "/stock", { allowed: false })])).toEqual({ policy: undefined, covers: [] });
  });

  const resources = (...paths: string[]) => {
    const { policy } = suggest(paths.map((path) => saw("GET", path)));
    const [statement] = [policy?.Statement ?? []].flat();
    return [statement?.Resource ?? []].flat().map((resource) => resource.replace(stock, ""));
  };

  test.for([
    ["ids that vary", ["/orders/17", "/orders/18", "/orders"], ["/orders", "/orders/*"]],
    ["ids in the middle", ["/orders/17/items", "/orders/18/items"], ["/orders/*/items"]],
    [
      "UUIDs",
      ["/o/0b4ab1f2-6c39-4b52-8d57-0c1f7b7f4e2a", "/o/5f0c2f57-8a0c-4d8e-9a31-6f1d8c2b7e11"],
      ["/o/*"],
    ],
    ["what lies under a pattern too", ["/orders/17", "/orders/18", "/orders/18/items"], ["/orders/*"]],
    ["a dozen names", "abcdefghijkl".split("").map((name) => `/sku/${name}x`), ["/sku/*"]],
  ] as const)("writes * for %s", ([, paths, patterns]) => {
    expect(resources(...paths)).toEqual(patterns);
  });

  test.for([
    ["an id seen once", ["/orders/17"]],
    ["a few names", ["/stock", "/health", "/metrics"]],
    ["versions of an API", ["/v1/stock", "/v2/stock"]],
    ["names beside one id", ["/orders/17", "/orders/new"]],
  ] as const)("leaves %s as it is", ([, paths]) => {
    expect(resources(...paths)).toEqual(paths);
  });

  test("takes the tail of an endless path for one name", () => {
    const endless = "/a".repeat(30_000);
    expect(resources(endless)).toEqual([endless]);
  });

  test("writes wildcards that stand in a path as text", () => {
    expect(resources("/a*b")).toEqual([`/a\${*}b`]);
  });

  test("allows everything that was seen, and no caller, method or first segment that was not", () => {
    const segment = fc.constantFrom("a", "b", "17", "18", "19", "*", "");
    const path = fc.array(segment, { minLength: 1, maxLength: 3 }).map((parts) => `/${parts.join("/")}`);
    const request = fc.record({
      caller: fc.constantFrom("anonymous", roleArn("order"), roleArn("audit")),
      method: fc.constantFrom("GET", "POST"),
      path,
    });
    const callerOf = (arn: string) => (arn === "anonymous" ? anonymous : role(arn.split("/").at(-1) ?? ""));
    fc.assert(
      fc.property(fc.array(request, { minLength: 1, maxLength: 12 }), request, (requests, another) => {
        const seen = requests.map(({ caller, method, path }) => saw(method, path, { caller }));
        const { policy, covers } = suggest(seen);
        expect(covers.reduce((sum, { requests: each }) => sum + each, 0)).toBe(seen.length);
        const premises = shop({ network: { type: "policy", document: policy } });
        const verdict = (asked: (typeof requests)[number]) =>
          checkAccess(premises, {
            caller: callerOf(asked.caller),
            method: asked.method,
            url: `http://inventory${asked.path}`,
          }).verdict;
        for (const each of requests) expect(verdict(each), JSON.stringify(each)).toBe("allowed");
        const alike = requests.filter(
          ({ caller, method }) => caller === another.caller && method === another.method,
        );
        if (alike.length === 0) expect(verdict(another)).toBe("denied");
        if (new Set(alike.map(({ path: each }) => each)).size === 1 && alike[0]?.path !== another.path)
          expect(verdict(another)).toBe("denied");
      }),
    );
  });

  test("finds the paths of roles among those that are known", () => {
    const full = `arn:aws:iam::${account}:role/service/order`;
    const { policy } = suggestPolicy({ arn: stock }, [saw("GET", "/stock")], [full]);
    expect(policy).toMatchObject({ Statement: [{ Principal: { AWS: full } }] });
  });
});

describe("what a policy allows and nobody used", () => {
  test("is a statement, or a value of those that it lists", () => {
    const network = guarded(
      {
        Sid: "Wide",
        ...invoke,
        Principal: { AWS: [roleArn("order"), roleArn("audit")] },
        Resource: [`${stock}/stock`, `${stock}/old`, `${delivery}/delivery`],
        Condition: { StringEquals: { "vpc-lattice-svcs:RequestMethod": ["GET", "POST"] } },
      },
      { ...invoke, Principal: "*", Resource: `${stock}/health` },
      { ...invoke, Principal: "*", Resource: `${delivery}/health` },
    );
    const premises = shop({ network });
    const [inventory] = premises.services;
    if (inventory === undefined) throw new Error("no service");
    const place = { policy: "the auth policy of network shop", statement: 0, sid: "Wide" };
    const value = (element: string, text: string) => ({
      ...place,
      what: { type: "value", element, value: text },
    });
    expect(unusedGrants(premises, inventory, [saw("GET", "/stock")])).toEqual([
      value("Principal", roleArn("audit")),
      value("Resource", `${stock}/old`),
      value("RequestMethod", "POST"),
      { policy: "the auth policy of network shop", statement: 1, what: { type: "statement" } },
    ]);
  });
});

describe("callers that a new policy cuts off", () => {
  const before = shop();

  test("are those that the logs show let in, which the old policy allows and the new one does not", () => {
    const after = shop({ network: guarded(launchPost[1]) });
    const seen = [
      saw("GET", "/stock", { count: 4 }),
      saw("GET", "/stock", { count: 5, sourceVpc: "vpc-2" }),
      saw("POST", "/stock", { allowed: false }),
      saw("GET", "/delivery", { service: delivery }),
      saw("GET", "/stock", { caller: "anonymous" }),
    ];
    expect(cutOff(seen, before, after)).toEqual([
      {
        caller: "role order",
        layer: "network",
        owner: "shop",
        service: "inventory",
        how: "surely",
        requests: [{ method: "GET", path: "/stock", count: 9 }],
      },
    ]);
    expect(cutOff(seen, before, before)).toEqual([]);
  });

  test("are found where nobody was asked before", () => {
    const seen = [saw("GET", "/stock", { caller: "anonymous" })];
    const open = shop({ network: { type: "open" } });
    expect(cutOff(seen, open, before)).toMatchObject([{ caller: "anonymous", how: "surely" }]);
  });

  test("are found on the service's side as well as the network's", () => {
    const after = shop({ inventory: guarded({ ...anything, Principal: { AWS: roleArn("audit") } }) });
    expect(cutOff([saw("GET", "/stock")], before, after)).toMatchObject([
      { layer: "service", owner: "inventory" },
    ]);
  });

  test("perhaps are some where a new condition asks for what no log tells", () => {
    const Condition = { StringEquals: { "vpc-lattice-svcs:RequestHeader/x-tenant": "blue" } };
    const after = shop({ network: guarded({ ...anything, Principal: "*", Condition }) });
    expect(cutOff([saw("GET", "/stock")], before, after)).toMatchObject([{ how: "perhaps" }]);
    expect(cutOff([saw("GET", "/stock")], after, after)).toEqual([]);
  });

  test("are none where a role is named with its path, which the logs leave out", () => {
    const full = `arn:aws:iam::${account}:role/service/order`;
    const allow = (Principal: object) => shop({ network: guarded({ ...anything, Principal }) });
    expect(cutOff([saw("GET", "/stock")], allow({ AWS: full }), allow({ AWS: [full] }))).toEqual([]);
    expect(cutOff([saw("GET", "/stock")], allow({ AWS: full }), shop({ network: guarded() }))).toMatchObject([
      { caller: "role order" },
    ]);
  });
});

describe("a misplaced policy", () => {
  const others = [
    { name: "inventory", arn: stock },
    { name: "delivery", arn: delivery },
  ];
  const order = { name: "order", arn: `arn:aws:vpc-lattice:us-east-1:${account}:service/svc-order` };

  test("is the launch post's on the service that calls: it means the services that are called", () => {
    expect(misplacedPolicy(order, document(...launchPost), others)).toEqual([
      { statement: 0, sid: "Stock", effect: "Allow", means: ["inventory"] },
      { statement: 1, sid: "Delivery", effect: "Allow", means: ["delivery"] },
    ]);
  });

  test.for([
    ["everything", "*"],
    ["any path of its own", "ARN/*"],
    ["its own path and another's", ["ARN/orders", `${stock}/stock`]],
    ["a pattern over all services", "arn:aws:vpc-lattice:us-east-1:*:service/*/orders"],
    ["a path whatever the service", "*/orders"],
  ] as const)("is none that names %s", ([, resource]) => {
    const Resource = [resource].flat().map((each) => each.replace("ARN", order.arn));
    const policy = readPolicy({ Statement: { ...invoke, Principal: "*", Resource } });
    expect(misplacedPolicy(order, policy, others)).toEqual([]);
  });

  test("is one that names the service without any path, since a call always has one", () => {
    const policy = document({ ...invoke, Principal: "*", Resource: order.arn });
    expect(misplacedPolicy(order, policy, others)).toEqual([{ statement: 0, effect: "Allow", means: [] }]);
    const connects = document({
      ...anything,
      Action: "vpc-lattice-svcs:*",
      Principal: "*",
      Resource: order.arn,
    });
    expect(misplacedPolicy(order, connects, others)).toEqual([]);
  });
});

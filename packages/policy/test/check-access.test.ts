import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AccessAnswer, checkAccess, type Grant, type Premises, readPolicy } from "../src/index.ts";
import {
  anonymous,
  anything,
  guarded,
  invoke,
  launchPost,
  role,
  roleArn,
  shop,
  shopNetwork,
  stock,
} from "./shop-premises.ts";

const order = role("order");
const inventory = "http://inventory.lattice.example";

function judged(answer: AccessAnswer) {
  if (answer.verdict === "unreachable") throw new Error(answer.why);
  const [way] = answer.ways;
  if (way === undefined) throw new Error("no way");
  return { ...answer, way };
}

const get = (premises: Premises, caller = order, url = `${inventory}/stock`, method = "GET") =>
  judged(checkAccess(premises, { caller, method, url }));

describe("whether a caller may call a URL", () => {
  test("is said with the statement of each layer that decides", () => {
    const { verdict, way } = get(shop());
    expect(verdict).toBe("allowed");
    expect(way).toMatchObject({ network: "shop", vpcs: ["vpc-1"], missing: undefined });
    expect(
      way.layers.map(({ says }) => (says.type === "explained" ? says.decision.by : says.why)),
    ).toMatchObject([
      { policy: "policy own of role order", statement: 0 },
      { policy: "the auth policy of network shop", statement: 0, sid: "Stock" },
      "the auth type of service inventory is NONE",
    ]);
  });

  test.for([
    ["another role", role("audit"), `${inventory}/stock`, "GET"],
    ["an unsigned caller", anonymous, `${inventory}/stock`, "GET"],
    ["another method", order, `${inventory}/stock`, "POST"],
    ["a path below", order, `${inventory}/stock/1`, "GET"],
  ] as const)(
    "is denied for %s by the launch post's policy, and the grant says what is missing",
    ([, caller, url, method]) => {
      const { verdict, way } = get(shop(), caller, url, method);
      expect(verdict).toBe("denied");
      expect(way.missing?.denies).toEqual([]);
      expect(way.missing?.grants.map(({ layer, policy }) => [layer, policy])).toEqual([
        ["network", "the auth policy of network shop"],
      ]);
    },
  );

  test("does not look at the query where a policy names a path, and does where it asks for one", () => {
    expect(get(shop(), order, `${inventory}/stock?sku=1`).verdict).toBe("allowed");
    const network = guarded({
      ...anything,
      Principal: "*",
      Condition: { "ForAnyValue:StringEquals": { "vpc-lattice-svcs:RequestQueryString/sku": "2" } },
    });
    expect(get(shop({ network }), order, `${inventory}/stock?sku=1&sku=2`).verdict).toBe("allowed");
    expect(get(shop({ network }), order, `${inventory}/stock?sku=1`).verdict).toBe("denied");
  });

  test("counts headers without case", () => {
    const Condition = { StringEquals: { "vpc-lattice-svcs:RequestHeader/x-tenant": "blue" } };
    const premises = shop({ network: guarded({ ...anything, Principal: "*", Condition }) });
    const ask = (headers: Record<string, string>) =>
      checkAccess(premises, { caller: order, method: "GET", url: inventory, headers }).verdict;
    expect([ask({ "X-Tenant": "blue" }), ask({ "x-tenant": "red" }), ask({})]).toEqual([
      "allowed",
      "denied",
      "denied",
    ]);
  });

  test("needs the caller's own policies too, but for unsigned callers and where nobody is asked", () => {
    const poor = role("order", { Effect: "Allow", Action: "s3:*", Resource: "*" });
    const { way } = get(shop(), poor);
    expect(way.missing?.grants).toEqual([
      {
        layer: "identity",
        policy: "the policies of role order",
        statement: {
          ...invoke,
          Resource: `${stock}/stock`,
          Condition: { StringEquals: { "vpc-lattice-svcs:RequestMethod": "GET" } },
        },
      },
    ]);
    expect(get(shop({ network: { type: "open" } }), poor).verdict).toBe("allowed");
    const everyone = shop({ network: guarded({ ...anything, Principal: "*" }) });
    expect(get(everyone, anonymous).verdict).toBe("allowed");
    expect(get(everyone, poor).verdict).toBe("denied");
  });

  test("assumes what cannot be read to allow, and says so", () => {
    const stranger = { ...order, identity: { type: "unknown" as const, why: "another account's" } };
    const { verdict, way } = get(shop(), stranger);
    expect(verdict).toBe("allowed");
    expect(way.layers[0]).toMatchObject({
      says: { type: "passed", assumed: true, why: "another account's" },
    });
  });

  test("says of a permissions boundary that it is not looked at", () => {
    const { identity } = order;
    if (identity.type !== "policies") throw new Error("no policies");
    const bounded = {
      ...order,
      identity: { ...identity, boundary: "arn:aws:iam::111122223333:policy/most" },
    };
    const { verdict, way } = get(shop(), bounded);
    expect(verdict).toBe("allowed");
    expect(way.layers[1]).toMatchObject({
      layer: "identity",
      says: {
        assumed: true,
        why: "the permissions boundary of role order, arn:aws:iam::111122223333:policy/most, is not looked at",
      },
    });
    expect(get(shop({ network: { type: "open" } }), bounded).way.layers).toHaveLength(3);
  });

  test("names the deny that stands in the way, which no grant helps against", () => {
    const network = guarded(...launchPost, {
      Sid: "Frozen",
      Effect: "Deny",
      Principal: "*",
      Action: "*",
      Resource: "*",
    });
    const { way } = get(shop({ network }));
    expect(way.missing).toMatchObject({
      denies: [{ policy: "the auth policy of network shop", statement: 2, sid: "Frozen" }],
      grants: [],
    });
  });

  test("is denied by a network without a policy, which the grant attaches", () => {
    const { way } = get(shop({ network: guarded() }));
    expect(way.missing?.grants).toMatchObject([
      { layer: "network", statement: { Principal: { AWS: roleArn("order") } } },
    ]);
  });

  test("may differ by the VPC that the call comes from", () => {
    const premises = shop({
      network: guarded({
        ...anything,
        Principal: "*",
        Condition: { StringEquals: { "vpc-lattice-svcs:SourceVpc": "vpc-1" } },
      }),
    });
    const [network] = premises.networks;
    if (network === undefined) throw new Error("no network");
    const vpcs = ["vpc-1", "vpc-2", "vpc-3"].map((id) => ({ id }));
    const more = { ...premises, networks: [{ ...network, vpcs }] };
    const ask = (fromVpc?: string) =>
      checkAccess(more, { caller: anonymous, method: "GET", url: inventory, fromVpc });
    expect(ask("vpc-1").verdict).toBe("allowed");
    expect(ask("vpc-2").verdict).toBe("denied");
    const answer = ask();
    expect(answer).toMatchObject({
      verdict: "partly",
      ways: [
        { vpcs: ["vpc-1"], allowed: true },
        { vpcs: ["vpc-2"], allowed: false },
        { vpcs: ["vpc-3"], allowed: false },
      ],
    });
    expect(ask("vpc-9")).toEqual({
      verdict: "unreachable",
      why: "vpc-9 is associated with no network of inventory, which is in shop",
    });
  });

  test("is judged from any VPC, and on any port, where others do not show what there is", () => {
    const unknown = { type: "unknown", why: "another account's" } as const;
    const premises = shop({ network: unknown, inventory: unknown });
    const services = premises.services.map((each) => ({ ...each, listeners: undefined }));
    const answer = checkAccess(
      { ...premises, services },
      { caller: order, method: "GET", url: "https://inventory/stock", fromVpc: "vpc-9" },
    );
    expect(answer).toMatchObject({ verdict: "allowed", ways: [{ network: "shop", vpcs: ["vpc-9"] }] });
  });

  test.for([
    ["http://nobody.example/", /^no service is called nobody\.example; there are: inventory\.lattice/],
    ["https://inventory/", "the service inventory does not listen on port 443; it listens for HTTP on 80"],
  ] as const)("is no question of policies where nothing is there: %s", ([url, why]) => {
    expect(checkAccess(shop(), { caller: order, method: "GET", url })).toEqual({
      verdict: "unreachable",
      why: typeof why === "string" ? why : expect.stringMatching(why),
    });
  });

  test.for(["inventory/stock", "ftp://inventory/", "http://", "http://a b/"])(
    "refuses %j as a URL",
    (url) => {
      expect(() => checkAccess(shop(), { caller: order, method: "GET", url })).toThrow(
        "it is http:// or https://, a host and a path",
      );
    },
  );

  test("sees nobody behind TLS that is passed through", () => {
    const premises = shop({
      network: guarded({
        Effect: "Allow",
        Principal: { AWS: roleArn("order") },
        Action: "*",
        Resource: "*",
      }),
    });
    const passing = {
      ...premises,
      services: premises.services.map((each) => ({
        ...each,
        listeners: [{ protocol: "TLS_PASSTHROUGH", port: 443 }],
      })),
    };
    const { verdict, way } = get(passing, order, "https://inventory/");
    expect(verdict).toBe("denied");
    expect(way.missing?.grants).toMatchObject([
      { statement: { Principal: "*", Action: "vpc-lattice-svcs:Connect", Resource: stock } },
    ]);
  });
});

describe("the smallest grant", () => {
  const path = fc
    .string({ unit: fc.constantFrom("/", "a", "*", "?", "$", "{", "}", ".") })
    .map((text) => `/${text}`.replaceAll("?", ""));
  const method = fc.constantFrom("GET", "POST", "DELETE");
  const caller = fc.constantFrom(
    order,
    role("audit"),
    anonymous,
    role("poor", { ...anything, Effect: "Deny" }),
  );
  const base = { network: guarded(), inventory: guarded() };

  /** The premises, and the caller, with what the grants say. */
  function granted(asked: { caller: typeof order; method: string; url: string }) {
    const { way } = judged(checkAccess(shop(base), asked));
    const on = (layer: string) =>
      (way.missing?.grants ?? []).filter((grant) => grant.layer === layer).map(({ statement }) => statement);
    return { denies: way.missing?.denies ?? [], network: on("network"), service: on("service") };
  }

  test("allows the call that it was made for, whatever is in its path, unless a deny is in the way", () => {
    fc.assert(
      fc.property(path, method, caller, (path, method, caller) => {
        const asked = { caller, method, url: `${inventory}${path}` };
        const { denies, network, service } = granted(asked);
        const answer = checkAccess(
          shop({ network: guarded(...network), inventory: guarded(...service) }),
          asked,
        );
        expect(answer.verdict).toBe(denies.length > 0 ? "denied" : "allowed");
      }),
    );
  });

  test("allows no call with another path, another method or another caller", () => {
    fc.assert(
      fc.property(
        path,
        path,
        method,
        method,
        caller,
        caller,
        (path, path2, method, method2, caller, caller2) => {
          const { network } = granted({ caller, method, url: `${inventory}${path}` });
          const same = path === path2 && method === method2 && caller === caller2;
          const { verdict } = checkAccess(shop({ network: guarded(...network) }), {
            caller: caller2,
            method: method2,
            url: `${inventory}${path2}`,
          });
          if (!same) expect(verdict).toBe("denied");
        },
      ),
    );
  });

  test("lets in that call and no other, whatever the policies said before", () => {
    const patterns = fc.constantFrom("/*", "/stock", "/stock/*", "/s?ock", "/other");
    const rule = fc
      .record({ effect: fc.constantFrom("Allow", "Allow", "Deny"), pattern: patterns, method })
      .map(({ effect, pattern, method }) => ({
        ...invoke,
        Effect: effect,
        Resource: `${stock}${pattern}`,
        Condition: { StringEquals: { "vpc-lattice-svcs:RequestMethod": method } },
      }));
    const rules = fc.array(rule, { minLength: 1, maxLength: 3 });
    const call = fc.record({ method, path: fc.constantFrom("/stock", "/stock/1", "/other", "/*") });
    const forAll = (statements: readonly object[]) => statements.map((each) => ({ ...each, Principal: "*" }));
    fc.assert(
      fc.property(rules, rules, rules, call, call, (network, service, own, asked, other) => {
        const ask = (grants: readonly Grant[], { method, path }: typeof asked) => {
          const on = (layer: string) => grants.flatMap((one) => (one.layer === layer ? [one.statement] : []));
          const premises = shop({
            network: guarded(...forAll(network), ...on("network")),
            inventory: guarded(...forAll(service), ...on("service")),
          });
          const clerk = role("clerk", ...own, ...on("identity"));
          return judged(checkAccess(premises, { caller: clerk, method, url: `${inventory}${path}` }));
        };
        const { missing } = ask([], asked).way;
        const grants = missing?.grants ?? [];
        expect(ask(grants, asked).way.allowed).toBe((missing?.denies ?? []).length === 0);
        if (other.path !== asked.path || other.method !== asked.method)
          expect(ask(grants, other).way.allowed).toBe(ask([], other).way.allowed);
      }),
    );
  });

  test("is a statement that a policy takes, and leaves other services alone", () => {
    const { network } = granted({ caller: anonymous, method: "GET", url: `${inventory}/stock` });
    expect(readPolicy({ Version: "2012-10-17", Statement: network }).Statement).toEqual([
      {
        ...invoke,
        Principal: "*",
        Resource: `${stock}/stock`,
        Condition: {
          StringEquals: {
            "vpc-lattice-svcs:RequestMethod": "GET",
            "aws:PrincipalType": "Anonymous",
            "vpc-lattice-svcs:SourceVpc": "vpc-1",
          },
        },
      },
    ]);
    const url = "http://delivery.lattice.example/stock";
    expect(get(shop({ network: guarded(...network) }), anonymous, url).verdict).toBe("denied");
    expect(shopNetwork).toContain("sn-shop");
  });
});

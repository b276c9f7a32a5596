import { BlockList, isIP } from "node:net";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evaluate, type PolicyDocument, type Principal, readPolicy } from "../src/index.ts";
import conditions from "./cases/conditions.json" with { type: "json" };
import principals from "./cases/principals.json" with { type: "json" };
import statements from "./cases/statements.json" with { type: "json" };

interface Case {
  readonly says: string;
  readonly version?: string;
  readonly statement: unknown;
  readonly requests: readonly {
    readonly principal?: string;
    readonly action?: string;
    readonly resource?: string;
    readonly context?: Record<string, string>;
    readonly effect: string;
  }[];
}

describe.each([
  ["a statement", statements as readonly Case[]],
  ["a principal", principals as readonly Case[]],
])("%s", (_, cases) => {
  test.for(cases)("$says", ({ version, statement, requests }) => {
    const document = policy(statement, version);
    for (const {
      principal = "order",
      action = "a:Do",
      resource = "thing",
      context = {},
      effect,
    } of requests) {
      const request = { principal: named(principal), action, resource, context };
      expect({ request, ...evaluate([{ name: "p", document }], request) }).toMatchObject({ effect });
    }
  });
});

describe("a condition", () => {
  test.for(conditions as readonly { condition: object; holds: Value[]; fails: Value[] }[])(
    "$condition",
    ({ condition, holds, fails }) => {
      const document = policy({ Effect: "Allow", Action: "*", Resource: "*", Condition: condition });
      const outcome = (value: Value) =>
        evaluate([{ name: "p", document }], {
          principal: named("order"),
          action: "a:Do",
          resource: "thing",
          context: { port: "80", ...(value === null ? {} : { k: value }) },
        }).effect;
      expect(holds.map((value) => [value, outcome(value)])).toEqual(holds.map((value) => [value, "allow"]));
      expect(fails.map((value) => [value, outcome(value)])).toEqual(fails.map((value) => [value, "none"]));
    },
  );
});

describe("several policies", () => {
  const allow = policy({ Effect: "Allow", Action: "*", Resource: "*" });
  const deny = policy([
    { Effect: "Allow", Action: "a:Read", Resource: "*" },
    { Sid: "Frozen", Effect: "Deny", Action: "a:Do", Resource: "*" },
  ]);

  test("name the statement that decided", () => {
    const request = { principal: named("order"), action: "a:Do", resource: "thing", context: {} };
    const by = (...documents: PolicyDocument[]) =>
      evaluate(
        documents.map((document, index) => ({ name: `policy ${index}`, document })),
        request,
      );
    expect(by(allow)).toEqual({ effect: "allow", by: { policy: "policy 0", statement: 0 } });
    expect(by(allow, deny)).toEqual({
      effect: "deny",
      by: { policy: "policy 1", statement: 1, sid: "Frozen" },
    });
    expect(by()).toEqual({ effect: "none" });
  });
});

describe("a wildcard pattern", () => {
  test("agrees with the regular expression that says the same", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "b", "/", ":"), maxLength: 12 });
    const patterns = fc.string({
      unit: fc.constantFrom("a", "b", "/", "*", "?"),
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(patterns, letters, (pattern, text) => {
        const document = policy({ Effect: "Allow", Action: "*", Resource: pattern });
        const request = { principal: named("order"), action: "a:Do", resource: text, context: {} };
        const regex = new RegExp(`^${pattern.replaceAll("*", ".*").replaceAll("?", ".")}$`);
        expect(evaluate([{ name: "p", document }], request).effect).toBe(regex.test(text) ? "allow" : "none");
      }),
    );
  });

  test("made to be slow is still answered", () => {
    const document = policy({ Effect: "Allow", Action: "*", Resource: `${"*a".repeat(40)}*b` });
    const request = { principal: named("order"), action: "a:Do", resource: "a".repeat(5000), context: {} };
    expect(evaluate([{ name: "p", document }], request).effect).toBe("none");
  });
});

describe("an address range", () => {
  test("agrees with Node's own", () => {
    const family = (address: string) => (isIP(address) === 4 ? "ipv4" : "ipv6");
    const addresses = fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.constantFrom("10.0.0.1", "10.0.128.1", "fe80::1", "fe80::2:1"),
    );
    fc.assert(
      fc.property(addresses, addresses, fc.integer({ min: 0, max: 32 }), (network, address, length) => {
        const list = new BlockList();
        list.addSubnet(network, length, family(network));
        const contains = family(network) === family(address) && list.check(address, family(address));
        const Condition = { IpAddress: { "aws:SourceIp": `${network}/${length}` } };
        const document = policy({ Effect: "Allow", Action: "*", Resource: "*", Condition });
        const context = { "aws:SourceIp": address };
        const request = { principal: named("order"), action: "a:Do", resource: "thing", context };
        expect(evaluate([{ name: "p", document }], request).effect).toBe(contains ? "allow" : "none");
      }),
      { numRuns: 500 },
    );
  });
});

type Value = string | string[] | null;

function policy(statement: unknown, version = "2012-10-17"): PolicyDocument {
  return readPolicy({ Version: version, Statement: statement });
}

function named(name: string): Principal {
  if (name === "anonymous") return { type: "anonymous" };
  if (name.endsWith(".amazonaws.com")) return { type: "service", service: name };
  const account = name === "stranger" ? "999988887777" : "111122223333";
  return {
    type: "aws",
    arn: `arn:aws:sts::${account}:assumed-role/${name}/one`,
    account,
    roleArn: `arn:aws:iam::${account}:role/${name}`,
  };
}

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AccessRequest, evaluate, explain, explanationText, readPolicy } from "../src/index.ts";

const role = "arn:aws:iam::111122223333:role/order";

describe("an explanation", () => {
  test("names the statement that allowed, and needs nothing", () => {
    const { decision, needed, statements } = explain([shop], get("/stock"));
    expect(decision).toEqual({
      effect: "allow",
      by: { policy: "service policy", statement: 0, sid: "Read" },
    });
    expect(needed).toBeUndefined();
    expect(statements.map(({ unmet }) => unmet.length)).toEqual([0, 2, 1]);
  });

  test("says what the nearest statement wants and what the request has instead", () => {
    const { decision, needed } = explain([shop], { ...get("/stock"), context: method("DELETE") });
    expect(decision).toEqual({ effect: "none" });
    expect(needed).toEqual({
      denies: [],
      allow: {
        type: "missing",
        nearest: [
          {
            policy: "service policy",
            statement: 0,
            sid: "Read",
            effect: "Allow",
            unmet: [
              {
                element: "Condition",
                operator: "StringEquals",
                key: "vpc-lattice-svcs:RequestMethod",
                value: ["GET", "HEAD"],
                had: ["DELETE"],
              },
            ],
          },
        ],
      },
    });
  });

  test("says that a condition's key is not in the request", () => {
    expect(explanationText(explain([shop], { ...get("/stock"), context: {} }))).toBe(
      [
        "denied, because none of 3 statements allows it",
        'needed: that Statement[0] (Read) of service policy allows: Condition StringEquals of vpc-lattice-svcs:RequestMethod ["GET","HEAD"], which the request does not have',
      ].join("\n"),
    );
  });

  test("names every deny that applies, whether or not something allows", () => {
    const frozen = policy("network policy", { Sid: "Frozen", Effect: "Deny", ...all });
    expect(explain([shop, frozen], get("/stock"))).toMatchObject({
      decision: { effect: "deny", by: { policy: "network policy", statement: 0, sid: "Frozen" } },
      needed: { denies: [{ policy: "network policy", statement: 0 }], allow: { type: "given" } },
    });
    const text = explanationText(explain([shop, frozen], get("/secret")));
    expect(text.split("\n")).toEqual([
      "denied by Statement[2] of service policy",
      "needed: that Statement[2] of service policy does not deny",
      "needed: that Statement[0] (Frozen) of network policy does not deny",
      expect.stringContaining(
        'Statement[0] (Read) of service policy allows: Resource "*/stock", not "svc/secret"',
      ),
    ]);
  });

  test("names an anonymous caller where a principal was wanted", () => {
    const onlyOrder = policy("service policy", { Effect: "Allow", ...all, Principal: { AWS: role } });
    const text = explanationText(
      explain([onlyOrder], { ...get("/stock"), principal: { type: "anonymous" } }),
    );
    expect(text).toContain(`Principal {"AWS":"${role}"}, not "anonymous"`);
  });

  test("says that there is nothing to meet where no statement allows", () => {
    expect(explanationText(explain([], get("/stock")))).toBe(
      "denied, because none of 0 statements allows it\nneeded: a statement that allows; there is none",
    );
  });

  test("of any policies agrees with the decision", () => {
    const statement = fc.record({
      Effect: fc.constantFrom("Allow", "Deny"),
      Action: fc.constantFrom("a:Do", "a:*", "b:Do"),
      Resource: fc.constantFrom("svc/*", "svc/b", "*"),
    });
    fc.assert(
      fc.property(
        fc.array(fc.array(statement, { minLength: 1, maxLength: 3 }), { maxLength: 3 }),
        (texts) => {
          const policies = texts.map((each, index) => policy(`policy ${index}`, ...each));
          const request = { ...get("/a"), action: "a:Do" };
          const { decision, statements, needed } = explain(policies, request);
          expect(decision).toEqual(evaluate(policies, request));
          const applying = statements.filter(({ unmet }) => unmet.length === 0).map(({ effect }) => effect);
          expect(decision.effect).toBe(
            applying.includes("Deny") ? "deny" : applying.includes("Allow") ? "allow" : "none",
          );
          expect(needed === undefined).toBe(decision.effect === "allow");
        },
      ),
    );
  });
});

const all = { Principal: "*", Action: "*", Resource: "*" };

const shop = policy(
  "service policy",
  {
    Sid: "Read",
    ...{ Effect: "Allow", Principal: "*", Action: "vpc-lattice-svcs:Invoke", Resource: "*/stock" },
    Condition: { StringEquals: { "vpc-lattice-svcs:RequestMethod": ["GET", "HEAD"] } },
  },
  { Effect: "Allow", Principal: "*", Action: "vpc-lattice-svcs:Connect", Resource: "*/tls" },
  { Effect: "Deny", Principal: "*", Action: "*", Resource: "*/secret" },
);

function policy(name: string, ...statements: readonly unknown[]) {
  return { name, document: readPolicy({ Version: "2012-10-17", Statement: statements }) };
}

function method(value: string) {
  return { "vpc-lattice-svcs:RequestMethod": value };
}

function get(path: string): AccessRequest {
  return {
    principal: { type: "aws", arn: `${role}/one`, account: "111122223333", roleArn: role },
    action: "vpc-lattice-svcs:Invoke",
    resource: `svc${path}`,
    context: method("GET"),
  };
}

import { evaluate } from "@espalier/policy";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { grantedPolicy } from "../src/granted-policy.ts";
import { resolveReferences, roleBeside } from "../src/references.ts";

const network = { kind: "network", name: "market" } as const;
const fruit = { kind: "service", name: "fruit" } as const;
const ref = (text: string) => `$\{${text}.arn}`;
const statements = (allow: string[], holder: typeof network | typeof fruit = network, deny: string[] = []) =>
  grantedPolicy({ allow, deny }, holder).Statement;

describe("a grant", () => {
  test.for<[string, string, object]>([
    [
      "of a role by name",
      "role order, GET /stock",
      {
        Principal: { AWS: ref("role:order") },
        Resource: `${ref("service:fruit")}/stock`,
        Condition: { StringEquals: { "vpc-lattice-svcs:RequestMethod": "GET" } },
      },
    ],
    [
      "of a role by ARN",
      "role arn:aws:iam::222222222222:role/team/order, any /*",
      {
        Principal: { AWS: "arn:aws:iam::222222222222:role/team/order" },
        Resource: `${ref("service:fruit")}/*`,
      },
    ],
    [
      "of an account",
      "account 222222222222, any /health",
      { Principal: { AWS: "222222222222" }, Resource: `${ref("service:fruit")}/health` },
    ],
    ["of anyone", "anyone, any /*", { Principal: "*", Resource: `${ref("service:fruit")}/*` }],
    [
      "of whoever signs",
      "signed, any /*",
      {
        Principal: "*",
        Resource: `${ref("service:fruit")}/*`,
        Condition: { StringNotEquals: { "aws:PrincipalType": "Anonymous" } },
      },
    ],
    [
      "of an organization",
      "org o-abcdefghij, any /*",
      {
        Principal: "*",
        Resource: `${ref("service:fruit")}/*`,
        Condition: { StringEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } },
      },
    ],
    [
      "of a VPC, which has a method too",
      "vpc vpc-0000000000000000a, PUT /x",
      {
        Principal: "*",
        Resource: `${ref("service:fruit")}/x`,
        Condition: {
          StringEquals: {
            "vpc-lattice-svcs:SourceVpc": "vpc-0000000000000000a",
            "vpc-lattice-svcs:RequestMethod": "PUT",
          },
        },
      },
    ],
  ])("%s is one statement", ([, grant, expected]) => {
    expect(statements([grant], fruit)).toEqual([
      { Effect: "Allow", Action: "vpc-lattice-svcs:Invoke", ...expected },
    ]);
  });

  test("of a network is about a path in each service, or in one that it names", () => {
    expect(statements(["anyone, any /stock/*", "anyone, any /stock of fruit"])).toMatchObject([
      { Resource: "*", Condition: { StringLike: { "vpc-lattice-svcs:RequestPath": "/stock/*" } } },
      { Resource: `${ref("service:fruit")}/stock` },
    ]);
  });

  test("that differs from another in one thing shares a statement with it", () => {
    const all = statements(
      ["role a, GET /x", "role a, GET /y", "role b, GET /x", "role b, GET /y", "role c, any /x"],
      fruit,
      ["anyone, any /admin"],
    );
    const xy = [`${ref("service:fruit")}/x`, `${ref("service:fruit")}/y`];
    expect(all).toMatchObject([
      { Effect: "Allow", Principal: { AWS: [ref("role:a"), ref("role:b")] }, Resource: xy },
      { Effect: "Allow", Principal: { AWS: ref("role:c") }, Resource: xy[0] },
      { Effect: "Deny", Principal: "*", Resource: `${ref("service:fruit")}/admin` },
    ]);
  });
});

const account = "123456789012";
const arn = `arn:aws:vpc-lattice:us-east-1:${account}:service/svc-0123456789abcdef0`;
const roles = ["a", "b"];
const callers = [...roles, "nobody"] as const;

/** Grants over few words, each with what it means said plainly. */
const grants = fc.record({
  who: fc.constantFrom("role a", "role b", "anyone", "signed"),
  method: fc.constantFrom("any", "GET", "PUT"),
  path: fc.constantFrom("/x", "/y", "/x/*", "/*"),
});
type Written = typeof grants extends fc.Arbitrary<infer T> ? T : never;
const text = ({ who, method, path }: Written) => `${who}, ${method} ${path}`;
const means = ({ who, method, path }: Written, call: { caller: string; method: string; path: string }) =>
  (who === "anyone" || (who === "signed" && call.caller !== "nobody") || who === `role ${call.caller}`) &&
  (method === "any" || method === call.method) &&
  (path.endsWith("*") ? call.path.startsWith(path.slice(0, -1)) : call.path === path);

describe("any grants", () => {
  const calls = fc.record({
    caller: fc.constantFrom(...callers),
    method: fc.constantFrom("GET", "PUT", "POST"),
    path: fc.constantFrom("/x", "/y", "/x/y", "/z", "/a/x"),
  });

  test.for([[network], [fruit]] as const)(
    "of a %j mean what each of them says, however few statements they become",
    ([holder]) => {
      fc.assert(
        fc.property(
          fc.array(grants, { maxLength: 6 }),
          fc.array(grants, { maxLength: 3 }),
          calls,
          (allow, deny, call) => {
            fc.pre(allow.length + deny.length > 0);
            const policy = grantedPolicy({ allow: allow.map(text), deny: deny.map(text) }, holder);
            const document = JSON.parse(
              resolveReferences(JSON.stringify(policy), ({ kind, name }) =>
                kind === "role" ? roleBeside(arn, name) : arn,
              ),
            );
            const role = roleBeside(arn, call.caller);
            const decision = evaluate([{ name: "it", document }], {
              principal:
                call.caller === "nobody"
                  ? { type: "anonymous" }
                  : {
                      type: "aws",
                      arn: `arn:aws:sts::${account}:assumed-role/${call.caller}/s`,
                      account,
                      roleArn: role,
                    },
              action: "vpc-lattice-svcs:Invoke",
              resource: `${arn}${call.path}`,
              context: {
                "vpc-lattice-svcs:RequestMethod": call.method,
                "vpc-lattice-svcs:RequestPath": call.path,
              },
            });
            const denied = deny.some((grant) => means(grant, call));
            const allowed = allow.some((grant) => means(grant, call));
            expect(decision.effect).toBe(denied ? "deny" : allowed ? "allow" : "none");
          },
        ),
        { numRuns: 300 },
      );
    },
  );
});

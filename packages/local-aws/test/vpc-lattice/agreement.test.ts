import { checkAccess, type Guard, readPolicy } from "@espalier/policy";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { authorise } from "../../src/vpc-lattice/data-plane/admission/authorise.ts";

const account = "123456789012";
const arn = `arn:aws:vpc-lattice:us-east-1:${account}:service/svc-1`;
const role = `arn:aws:iam::${account}:role/order`;
const session = `arn:aws:sts::${account}:assumed-role/order/session`;

const any = <const Value>(...values: readonly Value[]) => fc.constantFrom(...values);
const common = {
  Effect: any("Allow", "Allow", "Deny"),
  Action: any("vpc-lattice-svcs:Invoke", "vpc-lattice-svcs:*", "*", "vpc-lattice-svcs:Connect"),
  Resource: any("*", `${arn}/*`, `${arn}/stock`, "*/stock", arn),
  Condition: any<object>(
    {},
    { StringEquals: { "vpc-lattice-svcs:RequestMethod": "GET" } },
    { StringNotEquals: { "vpc-lattice-svcs:SourceVpc": "vpc-1" } },
    { StringLike: { "vpc-lattice-svcs:RequestHeader/x-tenant": "bl*" } },
    { Null: { "aws:PrincipalArn": "true" } },
  ),
};
const Principal = any<string | object>(
  "*",
  { AWS: role },
  { AWS: account },
  { AWS: session },
  { AWS: "210987654321" },
);
const statements = (more: object) =>
  fc.array(fc.record({ ...common, ...more }), { minLength: 1, maxLength: 3 });
const document = (more: object) =>
  statements(more).map((Statement) => readPolicy({ Version: "2012-10-17", Statement }));
const guard: fc.Arbitrary<Guard> = fc.oneof(
  fc.constant({ type: "open" } as const),
  fc
    .option(document({ Principal }), { nil: undefined })
    .map((each) => ({ type: "policy", document: each }) as const),
);

describe("what policy check says", () => {
  test("is what Lattice's data plane decides, whatever the policies", () => {
    fc.assert(
      fc.property(
        guard,
        guard,
        fc.array(document({}), { maxLength: 2 }),
        fc.record({
          signed: fc.boolean(),
          method: any("GET", "POST"),
          path: any("/stock", "/stock/1", "/"),
          vpc: any("vpc-1", "vpc-2"),
          tenant: any("blue", "red", undefined),
        }),
        (network, service, own, { signed, method, path, vpc, tenant }) => {
          const policies = own.map((each, index) => ({ name: `own ${index}`, document: each }));
          const header = tenant === undefined ? {} : { "x-tenant": tenant };
          const verdict = authorise({
            identity: signed
              ? {
                  caller: { type: "role", account, arn: session, roleArn: role, sessionName: "session" },
                  policies,
                }
              : undefined,
            action: "vpc-lattice-svcs:Invoke",
            network: guardOf(network),
            service: guardOf(service),
            resource: `${arn}${path}`,
            context: {
              ...(tenant === undefined ? {} : { "vpc-lattice-svcs:RequestHeader/x-tenant": tenant }),
              "vpc-lattice-svcs:RequestMethod": method,
              "vpc-lattice-svcs:SourceVpc": vpc,
            },
          });
          const caller = signed
            ? {
                name: "role order",
                principal: { type: "aws" as const, arn: session, account, roleArn: role },
                identity: { type: "policies" as const, policies },
                context: {},
              }
            : {
                name: "anonymous",
                principal: { type: "anonymous" as const },
                identity: { type: "none" as const, why: "unsigned" },
                context: {},
              };
          const listeners = [{ protocol: "HTTP", port: 80 }];
          const answer = checkAccess(
            {
              networks: [
                { name: "shop", arn: "network", guard: network, vpcs: [{ id: vpc }], services: [arn] },
              ],
              services: [{ name: "inventory", arn, guard: service, hosts: [], listeners, tags: {} }],
            },
            { caller, method, url: `http://inventory${path}`, headers: header },
          );
          expect(answer.verdict).toBe(verdict.allowed ? "allowed" : "denied");
        },
      ),
      { numRuns: 1000 },
    );
  });
});

function guardOf(guard: Guard) {
  if (guard.type !== "policy") return undefined;
  return { policies: guard.document === undefined ? [] : [{ name: "guard", document: guard.document }] };
}

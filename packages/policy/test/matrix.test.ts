import { describe, expect, test } from "vitest";
import { accessMatrix, type Caller, type Cell, type Premises } from "../src/index.ts";
import { anonymous, anything, guarded, invoke, launchPost, role, roleArn, shop } from "./shop-premises.ts";

const cell = (premises: Premises, caller: Caller, service: string): Cell => {
  const found = accessMatrix(premises, [caller, anonymous]).find(
    (each) => each.service === service && each.caller === caller.name,
  );
  if (found === undefined) throw new Error(`no cell of ${service}`);
  return found;
};
const extents = ({ calls }: Cell) =>
  Object.fromEntries(calls.map(({ method, path, extent }) => [`${method} ${path}`, extent]));

describe("the matrix of who may call what", () => {
  test("tells apart the methods and paths that a policy names, and no others", () => {
    const order = cell(shop(), role("order"), "inventory");
    expect(order.extent).toBe("partly");
    expect(extents(order)).toEqual({
      "GET /stock": "allowed",
      "* /stock": "denied",
      "GET *": "denied",
      "* *": "denied",
    });
    expect(extents(cell(shop(), role("order"), "delivery"))).toEqual({
      "* /delivery": "allowed",
      "* *": "denied",
    });
    expect(cell(shop(), role("audit"), "inventory").extent).toBe("denied");
    expect(cell(shop(), anonymous, "delivery").extent).toBe("denied");
  });

  test("has everything allowed where nobody guards, also to a role without any policy", () => {
    const open = shop({ network: { type: "open" } });
    const poor = role("poor", { Effect: "Allow", Action: "s3:*", Resource: "*" });
    expect([cell(open, poor, "inventory").extent, cell(open, anonymous, "inventory").extent]).toEqual([
      "allowed",
      "allowed",
    ]);
  });

  test("counts what the caller's own policies leave out", () => {
    const reader = role("order", { ...invoke, Resource: "*/delivery" });
    expect(cell(shop(), reader, "inventory").extent).toBe("denied");
    expect(cell(shop(), reader, "delivery").extent).toBe("partly");
  });

  test("says partly where a condition decides on what only the request has", () => {
    const header = { "vpc-lattice-svcs:RequestHeader/x-tenant": "blue" };
    const ifBlue = guarded({ ...anything, Principal: "*", Condition: { StringEquals: header } });
    const unlessBlue = guarded(
      { ...anything, Principal: "*" },
      { ...anything, Effect: "Deny", Principal: "*", Condition: { StringEquals: header } },
    );
    // Without the header a negated condition holds, with it it may not.
    const unlessRed = guarded(
      { ...anything, Principal: "*" },
      { ...anything, Effect: "Deny", Principal: "*", Condition: { StringNotEquals: header } },
    );
    for (const network of [ifBlue, unlessBlue, unlessRed])
      expect(extents(cell(shop({ network }), anonymous, "inventory"))).toEqual({ "* *": "partly" });
  });

  test("says denied where a condition on the request cannot help any more", () => {
    const Condition = { StringEquals: { "vpc-lattice-svcs:RequestHeader/x-tenant": "blue" } };
    const network = guarded({ ...anything, Principal: { AWS: roleArn("order") }, Condition });
    expect(cell(shop({ network }), role("audit"), "inventory").extent).toBe("denied");
    expect(cell(shop({ network }), role("order"), "inventory").extent).toBe("partly");
  });

  test("says partly where some VPCs are let in and others are not", () => {
    const Condition = { StringEquals: { "vpc-lattice-svcs:SourceVpc": "vpc-1" } };
    const premises = shop({ network: guarded({ ...anything, Principal: "*", Condition }) });
    expect(cell(premises, anonymous, "inventory").extent).toBe("allowed");
    const networks = premises.networks.map((each) => ({ ...each, vpcs: [{ id: "vpc-1" }, { id: "vpc-2" }] }));
    expect(cell({ ...premises, networks }, anonymous, "inventory").extent).toBe("partly");
  });

  test("takes wildcards in resources apart from what lies under them", () => {
    const network = guarded(
      { ...invoke, Principal: "*", Resource: "arn:aws:vpc-lattice:*:*:service/svc-inventory/stock/*" },
      { ...anything, Effect: "Deny", Principal: "*", Resource: "*/secret" },
    );
    expect(extents(cell(shop({ network }), anonymous, "inventory"))).toEqual({
      "* /stock/*": "allowed",
      "* */secret": "denied",
      "* *": "denied",
    });
    expect(extents(cell(shop({ network }), anonymous, "delivery"))).toEqual({
      "* */secret": "denied",
      "* *": "denied",
    });
  });

  test("denies what is in no network", () => {
    const premises = shop({ network: guarded(...launchPost) });
    const networks = premises.networks.map((each) => ({ ...each, services: [] }));
    expect(cell({ ...premises, networks }, role("order"), "inventory").extent).toBe("denied");
  });
});

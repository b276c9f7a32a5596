import type { Seen } from "@espalier/policy";
import { describe, expect, test } from "vitest";
import {
  arnsAsReferences,
  type Existing,
  logsForWarnings,
  policyWarnings,
  premisesOf,
  readDocument,
  type TopologyDocument,
} from "../src/index.ts";
import { converge } from "./converge.ts";
import { modelLattice } from "./model-lattice.ts";

const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
const invoke = { Effect: "Allow", Action: "vpc-lattice-svcs:Invoke" };
const logs = (name: string) => `arn:aws:logs:us-east-1:123456789012:log-group:${name}`;
const fruit = { ...invoke, Principal: { AWS: role("baker") }, Resource: `\${service:fruit.arn}/apples` };

interface Guarding {
  readonly authType?: string;
  readonly market?: object[];
  readonly juice?: object[];
}

/** Fruit and juice on a market, all of which log; the market is guarded. */
function document({ authType = "AWS_IAM", market = [fruit], juice }: Guarding = {}): TopologyDocument {
  const listeners = { http: { protocol: "HTTP", defaultAction: { fixedResponse: 404 } } };
  const service = (name: string) => ({ networks: ["market"], accessLogs: [logs(name)], listeners });
  return readDocument({
    name: "stall",
    networks: {
      market: {
        authType,
        policy: { Version: "2012-10-17", Statement: market },
        accessLogs: [logs("market")],
      },
    },
    services: {
      fruit: service("fruit"),
      juice: {
        ...service("juice"),
        ...(juice && { authType: "AWS_IAM", policy: { Version: "2012-10-17", Statement: juice } }),
      },
    },
  });
}

/** What exists once a document is applied. */
function applied(written: TopologyDocument): Existing {
  const lattice = modelLattice();
  converge(written, lattice);
  return lattice.existing();
}

function saw(existing: Existing, path: string, more: Partial<Seen> = {}): Seen {
  const arnOf = (things: readonly { name: string; arn: string }[], name: string) =>
    things.find((thing) => thing.name === name)?.arn ?? "";
  return {
    caller: role("baker"),
    service: arnOf(existing.services, "fruit"),
    network: arnOf(existing.networks, "market"),
    sourceVpc: "vpc-1",
    method: "GET",
    path,
    allowed: true,
    count: 1,
    ...more,
  };
}

describe("warnings about policies", () => {
  const existing = applied(document());

  test("are none where a document is applied again", () => {
    expect(policyWarnings(document(), existing, [saw(existing, "/apples")])).toEqual([]);
    expect(logsForWarnings(document(), existing)).toEqual([]);
  });

  test("name each caller that would be cut off, what it called most, and have to be confirmed", () => {
    const seen = [
      saw(existing, "/apples", { count: 2 }),
      saw(existing, "/apples", { method: "POST", count: 7 }),
      saw(existing, "/apples", { caller: role("thief"), allowed: false }),
    ];
    const onlyJuice = document({ market: [{ ...fruit, Resource: `\${service:juice.arn}/*` }] });
    expect(policyWarnings(onlyJuice, existing, seen)).toEqual([
      {
        address: "networks.market.policy",
        sentence:
          "cuts off role baker, which called fruit so far: POST /apples (7 times), GET /apples (2 times)",
        confirm: true,
      },
    ]);
  });

  test("are made of a new auth type too, and tell no more than three calls", () => {
    const open = applied(document({ authType: "NONE" }));
    const seen = ["/a", "/b", "/c", "/d", "/apples"].map((path) => saw(open, path));
    expect(policyWarnings(document(), open, seen)).toMatchObject([
      {
        sentence:
          "cuts off role baker, which called fruit so far: GET /a (once), GET /b (once), GET /c (once), another call",
      },
    ]);
  });

  test("say that a policy means other services than the one it is attached to", () => {
    const misplaced = document({ juice: [{ Sid: "Apples", ...fruit }] });
    expect(policyWarnings(misplaced, existing, [])).toEqual([
      {
        address: "services.juice.policy",
        sentence:
          "Statement[0] (Apples) says nothing about calls of juice, and a policy of a service decides about no others: what it says of fruit belongs on that service, or on their network",
        confirm: false,
      },
    ]);
    // What it means is known before anything exists, too.
    expect(policyWarnings(misplaced, modelLattice().existing(), [])).toHaveLength(1);
    const deny = document({ juice: [{ ...fruit, Effect: "Deny" }] });
    expect(policyWarnings(deny, existing, [])).toMatchObject([{ confirm: true }]);
    const bare = document({ juice: [{ ...fruit, Resource: `\${service:juice.arn}` }] });
    expect(policyWarnings(bare, existing, [])).toMatchObject([
      { sentence: expect.stringContaining("no call of juice has such a resource") },
    ]);
  });
});

describe("the access logs to read before policies change", () => {
  const existing = applied(document());

  test("are those of a network and everything in it", () => {
    expect(logsForWarnings(document({ market: [{ ...fruit, Principal: "*" }] }), existing).sort()).toEqual(
      ["fruit", "juice", "market"].map(logs),
    );
  });

  test("are those of a service and its networks", () => {
    const guarded = document({ juice: [{ ...fruit, Resource: "*" }] });
    expect(logsForWarnings(guarded, existing).sort()).toEqual(["juice", "market"].map(logs));
  });
});

describe("what a document makes of networks and services", () => {
  const existing = applied(document());

  test("has ARNs that stand for what is not made yet, and can be told as references", () => {
    const { networks, services } = premisesOf(document(), { account: "123456789012", region: "eu-west-1" });
    expect(networks[0]?.services).toEqual(services.map(({ arn }) => arn));
    expect(JSON.stringify(networks[0]?.guard)).toContain(`${services[0]?.arn}/apples`);
    expect(arnsAsReferences(`${services[0]?.arn}/apples`)).toBe(fruit.Resource);
    const real = "arn:aws:vpc-lattice:eu-west-1:123456789012:service/svc-0123456789abcdef0/apples";
    expect(arnsAsReferences(real)).toBe(real);
  });

  test("lets networks of others pass, as not known", () => {
    const partner = readDocument({ name: "stall", networks: { partner: "external" } });
    const { networks } = premisesOf(partner, { existing });
    expect(networks).toMatchObject([{ name: "partner", guard: { type: "unknown" } }]);
  });
});

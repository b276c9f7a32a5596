import type { TopologyRun } from "@espalier/topology";
import { describe, expect, test } from "vitest";
import { requestTopology } from "../provision/request-topology.ts";

const nothing = { created: 0, updated: 0, replaced: 0, deleted: 0, unchanged: 0, left: [], failures: [] };
const change = { address: "networks.shop", verb: "create" as const, sentence: "create the network shop" };
const step = { ...nothing, changes: [change] };

const run = { name: "shop", at: "2026-01-01T00:00:00.000Z", type: "apply" } as const;
const applied = (id: string): TopologyRun => ({ status: "applied", id, ...run, report: step });

const document = `name: shop\nnetworks:\n  shop: { vpcs: [{ vpc: "\${shopVpc}" }] }\n`;
const given = { document, values: { shopVpc: "vpc-0123456789abcdef0" } };
const filled = { name: "shop", networks: { shop: { vpcs: [{ vpc: "vpc-0123456789abcdef0" }] } } };
const role = "arn:aws:iam::222222222222:role/topologies";
const theirs = { document: `name: payment\nrole: ${role}\n`, values: {} };

/** The function, with what it asks for, and how each run ends: after it was looked for twice. */
function deployment({ ends = applied, shared = [true] }: { ends?: typeof applied; shared?: boolean[] } = {}) {
  const asked: [detailType: string, detail: Record<string, unknown>][] = [];
  const accepted: string[] = [];
  let pauses = 0;
  let ids = 0;
  const request = requestTopology({
    ask: async (...request) => void asked.push(request),
    ended: async (id) => (pauses % 2 === 1 ? ends(id) : undefined),
    accept: async (role) => {
      accepted.push(role);
      return shared.shift() ?? false;
    },
    pause: async () => {
      pauses += 1;
    },
    newId: () => {
      ids += 1;
      return `run-${ids}`;
    },
  });
  return { request, asked, accepted };
}

describe("a deployment that asks for a topology", () => {
  test("has the document applied with its values, waits, and answers what was done", async () => {
    const { request, asked, accepted } = deployment();
    expect(await request({ ...given, tf: { action: "create" } })).toEqual({
      id: "run-1",
      changes: ["create the network shop"],
    });
    expect(asked).toEqual([["Topology Apply Requested", { id: "run-1", document: filled }]]);
    expect(accepted).toEqual([]);
  });

  test("accepts first what is shared with the account of the document's role, as soon as that is seen", async () => {
    const { request, asked, accepted } = deployment({ shared: [false, false, true] });
    await request({ ...theirs, tf: { action: "create" } });
    expect(accepted).toEqual([role, role, role]);
    expect(asked).toEqual([
      ["Topology Apply Requested", { id: "run-1", document: { name: "payment", role } }],
    ]);
  });

  test("takes the topology down when it is removed, traffic or not, as the role that made it", async () => {
    const { request, asked } = deployment();
    await request({ ...theirs, tf: { action: "delete" } });
    expect(asked).toEqual([
      ["Topology Destroy Requested", { id: "run-1", name: "payment", role, evenWithTraffic: true }],
    ]);
  });

  test("applies a document that has changed, and takes down what it was called before", async () => {
    const { request, asked } = deployment();
    await request({ ...given, tf: { action: "update", prev_input: given } });
    await request({
      ...given,
      tf: { action: "update", prev_input: { document: "name: store", values: {} } },
    });
    expect(asked.map(([type, { name }]) => [type, name])).toEqual([
      ["Topology Apply Requested", undefined],
      ["Topology Apply Requested", undefined],
      ["Topology Destroy Requested", "store"],
    ]);
  });

  test.for<[what: string, ends: (id: string) => TopologyRun, message: string]>([
    [
      "was refused",
      (id) => ({ status: "refused", id, ...run, problems: ["services.order is wrong", "so is all else"] }),
      "the topology was not applied: services.order is wrong; so is all else",
    ],
    [
      "failed",
      (id) => {
        const failures = [{ address: "networks.shop", sentence: "create the network shop: no" }];
        return { status: "failed", id, ...run, report: { ...step, failures } };
      },
      "the topology was not applied: create the network shop: no",
    ],
    [
      "was left alone",
      (id) => {
        const left = [{ address: "services.order", sentence: "delete the service order: left alone" }];
        return { status: "failed", id, ...run, report: { ...step, left } };
      },
      "the topology was not applied: delete the service order: left alone",
    ],
    [
      "broke off",
      (id) => ({ status: "broken", id, ...run, error: "States.Timeout", cause: "too late" }),
      "the topology was not applied: States.Timeout: too late",
    ],
  ])("fails where its topology %s", async ([, ends, message]) => {
    await expect(deployment({ ends }).request({ ...given, tf: { action: "create" } })).rejects.toMatchObject({
      name: "TopologyNotApplied",
      message,
    });
  });

  test("fails without asking where a value is missing", async () => {
    const { request, asked } = deployment();
    await expect(request({ document, values: {}, tf: { action: "create" } })).rejects.toThrow(
      'needs the value "shopVpc"',
    );
    expect(asked).toEqual([]);
  });

  test("fails in good time where a run goes on and on, and names it", async () => {
    const never = { ended: async () => undefined, accept: async () => true, ask: async () => undefined };
    const request = requestTopology({ ...never, pause: async () => undefined, newId: () => "run-1" });
    await expect(request({ ...given, tf: { action: "create" } })).rejects.toThrow(
      "the run run-1 is still going on",
    );
  });
});

import { plan, readDocument } from "@espalier/topology";
import { describe, expect, test } from "vitest";
import { planLines } from "../src/commands/topology/plan-lines.ts";

const vpc = "vpc-0000000000000000a";
const group = { type: "IP", vpc, port: 80, targets: ["10.0.0.1"] };
const nothing = {
  ...{ networks: [], otherNetworks: [], services: [], targetGroups: [] },
  elsewhere: { networks: 0, services: 0, targetGroups: 0 },
};
const tags = { "espalier:topology": "stall" };
const arn = (path: string) => `arn:aws:vpc-lattice:us-east-1:123456789012:${path}`;
const ids = { old: "tg-0000000000000000a", new: "tg-0000000000000000b" };
const existingGroup = (name: "old" | "new", port = 80) => ({
  ...{
    id: ids[name],
    arn: arn(`targetgroup/${ids[name]}`),
    name,
    tags,
    type: "IP",
    port,
    vpc,
    status: "ACTIVE",
  },
  ...{ protocol: "HTTP", protocolVersion: "HTTP1", ipAddressType: "IPV4", functionPolicy: undefined },
  ...{ lambdaEventStructureVersion: undefined, healthCheck: undefined, usedBy: [] },
  targets: [{ id: "10.0.0.1", port: 80, status: "HEALTHY" }],
});
const service = {
  ...{ id: "svc-0000000000000000a", arn: arn("service/svc-0000000000000000a"), name: "fruit", tags },
  ...{ status: "ACTIVE", authType: "NONE", idleTimeoutSeconds: 60, policy: "", domainName: "fruit.on.aws" },
  ...{ customDomain: undefined, certificate: undefined, listeners: [], accessLogs: [], share: undefined },
};

const lines = (written: object, existing: object = {}, adopt: string[] = []) => {
  const document = readDocument({ name: "stall", ...written });
  const all = { ...nothing, ...existing };
  return planLines({ document, existing: all, ...plan(document, all, adopt), warnings: [] });
};

describe("a plan", () => {
  test("says what is created, and after what", () => {
    const services = {
      fruit: { listeners: { http: { protocol: "HTTP", defaultAction: { fixedResponse: 404 } } } },
    };
    expect(lines({ services })).toEqual([
      "+ create the service fruit, authType NONE",
      "+ create the listener http of fruit on HTTP port 80 (after services.fruit)",
      "stall: 2 to create, 0 unchanged",
    ]);
  });

  test("says the fields of what is changed, with their values before and after", () => {
    const services = { fruit: { idleTimeoutSeconds: 90, authType: "AWS_IAM" } };
    expect(lines({ services }, { services: [service] })).toEqual([
      "~ change the service fruit: authType from NONE to AWS_IAM, idle timeout from 60 s to 90 s",
      "    authType: NONE → AWS_IAM",
      "    idleTimeoutSeconds: 60 → 90",
      "stall: 1 to change, 0 unchanged",
    ]);
  });

  test("calls target groups by their names, with their weights", () => {
    const action = { forward: { targetGroups: [{ targetGroupIdentifier: ids.old, weight: 100 }] } };
    const listener = {
      id: "listener-1",
      arn: "listener-1",
      name: "http",
      tags,
      protocol: "HTTP",
      port: 80,
      rules: [],
    };
    const existing = {
      services: [{ ...service, listeners: [{ ...listener, defaultAction: action }] }],
      targetGroups: [existingGroup("old"), existingGroup("new")],
    };
    const forward = { old: 100, new: 0 };
    const services = { fruit: { listeners: { http: { protocol: "HTTP", defaultAction: { forward } } } } };
    expect(lines({ targetGroups: { old: group, new: group }, services }, existing)).toContain(
      "    defaultAction.forward.targetGroups: old 100 → old 100, new 0",
    );
  });

  test("says why something is replaced, what is deleted and what is left as it is", () => {
    const existing = {
      targetGroups: [existingGroup("old", 8080), existingGroup("new")],
      services: [service],
    };
    expect(lines({ targetGroups: { old: group } }, existing)).toEqual([
      "± replace the target group old: its port goes from 8080 to 80; first deregister 10.0.0.1",
      "+ register 10.0.0.1 with old (after targetGroups.old)",
      "- delete the service fruit",
      "- delete the target group new; first deregister 10.0.0.1",
      "stall: 1 to create, 1 to replace, 2 to delete, 0 unchanged",
    ]);
    const asWritten = { targetGroups: [existingGroup("old")] };
    expect(lines({ targetGroups: { old: group } }, asWritten)).toEqual(["stall: nothing to do, 2 unchanged"]);
  });

  test("says what is refused, and what of it a star adopts", () => {
    const theirs = { services: [{ ...service, tags: {} }] };
    expect(lines({ services: { fruit: {} } }, theirs)[0]).toMatch(
      /^! services\.fruit is taken: .* adopt services\.fruit/,
    );
    expect(lines({ services: { fruit: {} } }, theirs, ["services.*"])).toEqual([
      "~ adopt the service fruit",
      "    tags.espalier:topology: none → stall",
      "stall: 1 to change, 0 unchanged",
    ]);
  });

  test("tells its warnings, and how those are confirmed that have to be", () => {
    const document = readDocument({ name: "stall" });
    const warnings = [
      { address: "services.fruit.policy", sentence: "grants nothing there", confirm: false },
      { address: "networks.market.policy", sentence: "cuts off role/order", confirm: true },
    ];
    expect(planLines({ document, existing: nothing, changes: [], warnings })).toEqual([
      "? services.fruit.policy grants nothing there",
      "? networks.market.policy cuts off role/order (to be confirmed: --accept networks.market.policy)",
      "stall: nothing to do, 0 unchanged",
    ]);
  });
});

import type { Server } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import { type LatticeRig, latticeRig } from "./lattice-rig.ts";
import { forward, group, network, send, service, target } from "./shop-builder.ts";

const second = 1000;

describe("The health of targets", () => {
  let rig: LatticeRig;
  const servers: Server[] = [];
  afterEach(async () => {
    await rig.close();
    for (const server of servers.splice(0)) server.close();
  });

  const statuses = async (groupId: string): Promise<[string, string, string | undefined][]> => {
    const { items } = await rig.call("ListTargets", { targetGroupIdentifier: groupId });
    return items.map((item: { id: string; status: string; reasonCode?: string }) => [
      item.id,
      item.status,
      item.reasonCode,
    ]);
  };
  /** A checked group with two targets, each of which passes its checks while it is in `well`. */
  const shopOf = async (check: object = {}) => {
    rig = latticeRig();
    const only = await group(rig, "only", { enabled: true, path: "/health", ...check });
    const shop = await service(rig, await network(rig), { defaultAction: forward([only, 1]) });
    const well = new Set(["10.0.0.1", "10.0.0.2"]);
    for (const address of ["10.0.0.1", "10.0.0.2"]) {
      servers.push(
        await target(rig, only, address, ({ url }, response) => {
          if (url === "/health") response.statusCode = well.has(address) ? 200 : 500;
          response.end(address);
        }),
      );
    }
    await rig.clock.advance(0);
    return { host: shop.host, only, well };
  };
  const bodies = async (host: string) => {
    const seen = new Set<string>();
    for (let sent = 0; sent < 4; sent += 1) seen.add((await send(rig, host, "/")).body);
    return [...seen].sort();
  };

  test("is good after one pass, bad after two failures, good again after five passes", async () => {
    const { only, well } = await shopOf();
    const firstHealth = async () => (await statuses(only))[0]?.slice(1);
    expect(await firstHealth()).toEqual(["HEALTHY", undefined]);
    well.delete("10.0.0.1");
    await rig.clock.advance(30 * second);
    expect(await firstHealth()).toEqual(["HEALTHY", undefined]);
    await rig.clock.advance(30 * second);
    expect(await firstHealth()).toEqual(["UNHEALTHY", "HealthCheckFailed"]);
    well.add("10.0.0.1");
    await rig.clock.advance(4 * 30 * second);
    expect(await firstHealth()).toEqual(["UNHEALTHY", "HealthCheckFailed"]);
    await rig.clock.advance(30 * second);
    expect(await firstHealth()).toEqual(["HEALTHY", undefined]);
  });

  test("decides who gets requests, until all are bad: then all do", async () => {
    const { host, well } = await shopOf();
    expect(await bodies(host)).toEqual(["10.0.0.1", "10.0.0.2"]);
    well.delete("10.0.0.1");
    await rig.clock.advance(60 * second);
    expect(await bodies(host)).toEqual(["10.0.0.2"]);
    well.delete("10.0.0.2");
    await rig.clock.advance(60 * second);
    expect(await bodies(host)).toEqual(["10.0.0.1", "10.0.0.2"]);
  });

  test("is judged by interval, thresholds and matcher of the group, which can be changed and put back", async () => {
    const { only, well } = await shopOf({ healthCheckIntervalSeconds: 5, unhealthyThresholdCount: 3 });
    well.clear();
    await rig.clock.advance(10 * second);
    expect((await statuses(only)).map(([, status]) => status)).toEqual(["HEALTHY", "HEALTHY"]);
    await rig.clock.advance(5 * second);
    expect((await statuses(only)).map(([, status]) => status)).toEqual(["UNHEALTHY", "UNHEALTHY"]);
    const { config } = await rig.call("UpdateTargetGroup", {
      targetGroupIdentifier: only,
      healthCheck: { unhealthyThresholdCount: 0, healthyThresholdCount: 2, path: "" },
    });
    expect(config.healthCheck).toMatchObject({
      healthCheckIntervalSeconds: 5,
      unhealthyThresholdCount: 2,
      healthyThresholdCount: 2,
      path: "/",
    });
    await rig.clock.advance(10 * second);
    expect((await statuses(only)).map(([, status]) => status)).toEqual(["HEALTHY", "HEALTHY"]);
  });

  test("is not known while the group is not in use, nor without a check", async () => {
    rig = latticeRig();
    const idle = await group(rig, "idle", { enabled: true });
    servers.push(await target(rig, idle, "10.0.0.1", (_, response) => void response.end()));
    expect(await statuses(idle)).toEqual([["10.0.0.1", "UNUSED", "TargetGroupNotInUse"]]);
    await service(rig, await network(rig), { defaultAction: forward([idle, 0]) });
    await rig.clock.advance(0);
    expect(await statuses(idle)).toEqual([["10.0.0.1", "HEALTHY", undefined]]);
    await rig.call("UpdateTargetGroup", { targetGroupIdentifier: idle, healthCheck: { enabled: false } });
    expect(await statuses(idle)).toEqual([["10.0.0.1", "UNAVAILABLE", "HealthCheckNotSupported"]]);
  });

  test("ends with a minute of draining, without new requests", async () => {
    const { host, only } = await shopOf();
    const one = { targetGroupIdentifier: only, targets: [{ id: "10.0.0.1" }] };
    expect(await rig.call("DeregisterTargets", one)).toMatchObject({
      successful: [{ id: "10.0.0.1", port: 80 }],
    });
    expect((await statuses(only))[0]?.[1]).toBe("DRAINING");
    expect(await bodies(host)).toEqual(["10.0.0.2"]);
    await rig.clock.advance(60 * second);
    expect(await statuses(only)).toHaveLength(1);
    expect(await rig.call("DeregisterTargets", one)).toMatchObject({
      successful: [],
      unsuccessful: [{ id: "10.0.0.1", failureCode: "TargetNotFound" }],
    });
  });

  test("starts anew when a draining target is registered again", async () => {
    const { only } = await shopOf();
    const one = { targetGroupIdentifier: only, targets: [{ id: "10.0.0.1" }] };
    await rig.call("DeregisterTargets", one);
    await rig.call("RegisterTargets", one);
    await rig.clock.advance(120 * second);
    expect((await statuses(only)).map(([, status]) => status)).toEqual(["HEALTHY", "HEALTHY"]);
  });
});

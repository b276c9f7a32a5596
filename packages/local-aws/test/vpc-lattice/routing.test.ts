import type { Server } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import { type LatticeRig, latticeRig } from "./lattice-rig.ts";
import { forward, group, network, send, service, target, vpcId } from "./shop-builder.ts";

describe("A request through Lattice", () => {
  let rig: LatticeRig;
  const servers: Server[] = [];
  const answering = async (groupId: string, address: string, body: string) => {
    servers.push(await target(rig, groupId, address, (_, response) => void response.end(body)));
  };
  afterEach(async () => {
    await rig.close();
    for (const server of servers.splice(0)) server.close();
  });

  test.for([
    ["GET", "/stock", "exact"],
    ["GET", "/STOCK", "exact"],
    ["GET", "/stock?colour=red", "exact"],
    ["GET", "/stock/1", "prefix"],
    ["GET", "/stockings", "prefix"],
    ["POST", "/stock", "default"],
    ["GET", "/a/stock", "default"],
    ["GET", "/beta", "header"],
  ])("%s %s goes by the first rule that matches: %s", async ([method = "", path = "", wanted]) => {
    rig = latticeRig();
    const groups = {
      exact: await group(rig, "exact"),
      prefix: await group(rig, "prefix"),
      header: await group(rig, "header"),
      default: await group(rig, "default"),
    };
    const { host, id, listenerId } = await service(rig, await network(rig), {
      defaultAction: forward([groups.default, 1]),
    });
    const rule = (name: string, priority: number, httpMatch: object, to: string) =>
      rig.call("CreateRule", {
        serviceIdentifier: id,
        listenerIdentifier: listenerId,
        name,
        priority,
        match: { httpMatch },
        action: forward([to, 1]),
      });
    await rule("by-prefix", 20, { method: "GET", pathMatch: { match: { prefix: "/stock" } } }, groups.prefix);
    await rule("by-path", 10, { method: "GET", pathMatch: { match: { exact: "/stock" } } }, groups.exact);
    await rule(
      "by-header",
      5,
      { headerMatches: [{ name: "X-Path", match: { contains: "BETA" } }] },
      groups.header,
    );
    for (const [index, [name, id]] of Object.entries(groups).entries()) {
      await answering(id, `10.0.0.${index + 1}`, name);
    }
    const headers = path === "/beta" ? { "x-path": "the-beta-one" } : {};
    expect((await send(rig, host, path, { method, headers })).body).toBe(wanted);
  });

  test("is shared exactly by weight in deterministic mode, also while weights change", async () => {
    rig = latticeRig({ choice: "deterministic" });
    const [v1, v2] = [await group(rig, "stable"), await group(rig, "candidate")];
    const { host, id, listenerId } = await service(rig, await network(rig), {
      defaultAction: forward([v1, 80], [v2, 20]),
    });
    await answering(v1, "10.0.0.1", "v1");
    await answering(v2, "10.0.0.2", "v2");
    const shares = async (requests: number) => {
      const seen: Record<string, number> = { v1: 0, v2: 0 };
      for (let sent = 0; sent < requests; sent += 1) {
        const { body } = await send(rig, host, "/");
        seen[body] = (seen[body] ?? 0) + 1;
      }
      return seen;
    };
    expect(await shares(100)).toEqual({ v1: 80, v2: 20 });
    await rig.call("UpdateListener", {
      serviceIdentifier: id,
      listenerIdentifier: listenerId,
      defaultAction: forward([v1, 0], [v2, 100]),
    });
    expect(await shares(10)).toEqual({ v1: 0, v2: 10 });
  });

  test("takes turns among the targets of a group", async () => {
    rig = latticeRig();
    const only = await group(rig, "only");
    const { host } = await service(rig, await network(rig), { defaultAction: forward([only, 1]) });
    for (const last of [1, 2, 3]) await answering(only, `10.0.0.${last}`, `target ${last}`);
    const bodies = [];
    for (let sent = 0; sent < 6; sent += 1) bodies.push((await send(rig, host, "/")).body);
    expect(bodies).toEqual([1, 2, 3, 1, 2, 3].map((last) => `target ${last}`));
  });

  test("gets 404 from a VPC that is not associated, from another network, and for an unknown name", async () => {
    rig = latticeRig();
    const { host } = await service(rig, await network(rig), {
      defaultAction: { fixedResponse: { statusCode: 500 } },
    });
    const { id: other } = await rig.call("CreateServiceNetwork", { name: "other" });
    await rig.call("CreateServiceNetworkVpcAssociation", {
      serviceNetworkIdentifier: other,
      vpcIdentifier: "vpc-0123456789abcdef2",
    });
    expect((await send(rig, host, "/")).status).toBe(500);
    expect((await send(rig, host, "/", { from: "vpc-0123456789abcdef1" })).status).toBe(404);
    expect((await send(rig, host, "/", { from: "vpc-0123456789abcdef2" })).status).toBe(404);
    expect((await send(rig, "nobody.on.aws", "/")).status).toBe(404);
  });

  test("finds the listener by the port of its Host or of its absolute form, 80 by default", async () => {
    rig = latticeRig();
    const { id, host } = await service(rig, await network(rig), {
      defaultAction: { fixedResponse: { statusCode: 500 } },
    });
    const only = await group(rig, "only");
    await answering(only, "10.0.0.1", "the other listener");
    await rig.call("CreateListener", {
      serviceIdentifier: id,
      name: "other",
      protocol: "HTTP",
      port: 8080,
      defaultAction: forward([only, 1]),
    });
    expect((await send(rig, host, "/")).status).toBe(500);
    expect((await send(rig, `${host.toUpperCase()}:80`, "/")).status).toBe(500);
    expect((await send(rig, `${host}:8080`, "/")).body).toBe("the other listener");
    expect((await send(rig, "ignored", `http://${host}:8080/?a=b`)).body).toBe("the other listener");
    expect((await send(rig, `${host}:81`, "/")).status).toBe(404);
  });

  test("reaches IPv6 targets through the address book, and services by their custom name", async () => {
    rig = latticeRig();
    const { id } = await rig.call("CreateTargetGroup", {
      name: "six",
      type: "IP",
      config: {
        port: 80,
        protocol: "HTTP",
        vpcIdentifier: vpcId,
        ipAddressType: "IPV6",
        healthCheck: { enabled: false },
      },
    });
    await service(rig, await network(rig), {
      defaultAction: forward([id, 1]),
      customDomainName: "inventory.example.com",
    });
    await answering(id, "fd00:0:0::1", "six");
    expect((await send(rig, "Inventory.example.com", "/")).body).toBe("six");
  });
});

import { afterEach, describe, expect, test } from "vitest";
import { type LatticeRig, latticeRig } from "./lattice-rig.ts";
import { forward, group, network, send, service, vpcId } from "./shop-builder.ts";

const fixed = { fixedResponse: { statusCode: 404 } };

describe("What Lattice makes", () => {
  let rig: LatticeRig;
  afterEach(() => rig.close());

  test("comes and goes in steps on AWS time", async () => {
    rig = latticeRig({ transitionMs: 3000 });
    const { id } = await rig.call("CreateService", { name: "inventory" });
    const status = async () => (await rig.call("GetService", { serviceIdentifier: id })).status;
    await rig.clock.advance(2999);
    expect(await status()).toBe("CREATE_IN_PROGRESS");
    await expect(rig.call("DeleteService", { serviceIdentifier: id })).rejects.toMatchObject({
      code: "ConflictException",
    });
    await rig.clock.advance(1);
    expect(await status()).toBe("ACTIVE");
    expect(await rig.call("DeleteService", { serviceIdentifier: id })).toMatchObject({
      id,
      status: "DELETE_IN_PROGRESS",
    });
    expect(await status()).toBe("DELETE_IN_PROGRESS");
    await rig.clock.advance(3000);
    await expect(status()).rejects.toMatchObject({
      code: "ResourceNotFoundException",
      status: 404,
      members: { resourceId: id, resourceType: "SERVICE" },
    });
  });

  test("gets traffic when it is active, and no sooner", async () => {
    rig = latticeRig({ transitionMs: 3000 });
    const { host } = await service(rig, await network(rig), {
      defaultAction: { fixedResponse: { statusCode: 500 } },
    });
    expect((await send(rig, host, "/")).status).toBe(404);
    await rig.clock.advance(3000);
    expect((await send(rig, host, "/")).status).toBe(500);
  });

  test("changes for callers when the change has propagated, one rule whole", async () => {
    rig = latticeRig({ propagationMs: 1000 });
    const { host, id, listenerId } = await service(rig, await network(rig));
    await rig.clock.advance(1000);
    expect((await send(rig, host, "/")).status).toBe(404);
    await rig.call("UpdateListener", {
      serviceIdentifier: id,
      listenerIdentifier: listenerId,
      defaultAction: { fixedResponse: { statusCode: 500 } },
    });
    await rig.clock.advance(999);
    expect((await send(rig, host, "/")).status).toBe(404);
    await rig.clock.advance(1);
    expect((await send(rig, host, "/")).status).toBe(500);
  });

  test("cannot be deleted while it is used, and takes with it what it owns", async () => {
    rig = latticeRig();
    const only = await group(rig, "only");
    const networkId = await network(rig);
    const shop = await service(rig, networkId, { defaultAction: forward([only, 0]) });
    await rig.call("RegisterTargets", { targetGroupIdentifier: only, targets: [{ id: "10.0.0.1" }] });
    const refused = (operation: string, input: object, message: string) =>
      expect(rig.call(operation, input)).rejects.toMatchObject({
        code: "ConflictException",
        message: expect.stringContaining(message),
      });
    const deleteNetwork = ["DeleteServiceNetwork", { serviceNetworkIdentifier: networkId }] as const;
    const deleteGroup = ["DeleteTargetGroup", { targetGroupIdentifier: only }] as const;
    const deleteService = ["DeleteService", { serviceIdentifier: shop.id }] as const;

    await refused(...deleteNetwork, `ServiceNetwork ${networkId} has VPC(s) and service(s) associated`);
    await refused(...deleteGroup, "is in use");
    await refused(...deleteService, "has service network(s) associated");

    const services = await rig.call("ListServiceNetworkServiceAssociations", { serviceIdentifier: shop.id });
    await rig.call("DeleteServiceNetworkServiceAssociation", {
      serviceNetworkServiceAssociationIdentifier: services.items[0].arn,
    });
    const vpcs = await rig.call("ListServiceNetworkVpcAssociations", { vpcIdentifier: vpcId });
    await rig.call("DeleteServiceNetworkVpcAssociation", {
      serviceNetworkVpcAssociationIdentifier: vpcs.items[0].id,
    });
    await rig.call(...deleteService);
    await rig.call(...deleteNetwork);
    await refused(...deleteGroup, "has targets registered or draining");
    await rig.call("DeregisterTargets", { targetGroupIdentifier: only, targets: [{ id: "10.0.0.1" }] });
    await refused(...deleteGroup, "has targets registered or draining");
    await rig.clock.advance(60_000);
    await rig.call(...deleteGroup);
    await expect(
      rig.call("GetListener", { serviceIdentifier: shop.id, listenerIdentifier: shop.listenerId }),
    ).rejects.toMatchObject({ code: "ResourceNotFoundException" });
  });

  test("is unique where it must be, and within its quotas", async () => {
    rig = latticeRig();
    const [shared, own] = [await group(rig, "shared"), await group(rig, "own")];
    const networkId = await network(rig);
    const shop = await service(rig, networkId, { defaultAction: forward([shared, 1]) });
    const listener = { serviceIdentifier: shop.id, protocol: "HTTP", defaultAction: fixed };
    const fails = (operation: string, input: object, code: string) =>
      expect(rig.call(operation, input)).rejects.toMatchObject({ code });

    await fails("CreateListener", { ...listener, name: "http", port: 81 }, "ConflictException");
    await fails("CreateListener", { ...listener, name: "again", port: 80 }, "ConflictException");
    await rig.call("CreateListener", { ...listener, name: "second", port: 81 });
    await fails("CreateListener", { ...listener, name: "third", port: 82 }, "ServiceQuotaExceededException");

    const rule = {
      serviceIdentifier: shop.id,
      listenerIdentifier: shop.listenerId,
      match: { httpMatch: { method: "GET" } },
      action: fixed,
    };
    for (let priority = 1; priority <= 10; priority += 1) {
      await rig.call("CreateRule", { ...rule, name: `rule${priority}`, priority });
    }
    await fails("CreateRule", { ...rule, name: "rule1", priority: 11 }, "ConflictException");
    await fails("CreateRule", { ...rule, name: "other", priority: 10 }, "ConflictException");
    await fails("CreateRule", { ...rule, name: "other", priority: 11 }, "ServiceQuotaExceededException");

    await service(rig, networkId, { name: "delivery", defaultAction: forward([own, 1]) });
    await fails(
      "UpdateListener",
      { ...rule, defaultAction: forward([shared, 1], [own, 1]) },
      "ConflictException",
    );
    await fails(
      "CreateServiceNetworkServiceAssociation",
      { serviceIdentifier: shop.id, serviceNetworkIdentifier: networkId },
      "ConflictException",
    );
    const { id: other } = await rig.call("CreateServiceNetwork", { name: "other" });
    await fails(
      "CreateServiceNetworkVpcAssociation",
      { serviceNetworkIdentifier: other, vpcIdentifier: vpcId },
      "ConflictException",
    );
  });
});

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type LatticeRig, latticeRig } from "./lattice-rig.ts";
import { forward, group, network, service, vpcId } from "./shop-builder.ts";

describe("A role in Lattice's control plane", () => {
  let rig: LatticeRig;
  beforeEach(() => {
    rig = latticeRig();
  });
  afterEach(() => rig.close());

  test("may do what its policy says, to the resources it names", async () => {
    const networkId = await network(rig);
    const [mine, yours] = [
      await service(rig, networkId),
      await service(rig, networkId, { name: "delivery" }),
    ];
    const role = rig.role("controller", {
      Action: ["vpc-lattice:GetListener", "vpc-lattice:UpdateListener"],
      Resource: `${mine.arn}/listener/*`,
    });
    const listener = ({ id, listenerId }: typeof mine) => ({
      serviceIdentifier: id,
      listenerIdentifier: listenerId,
    });
    await rig.call("GetListener", listener(mine), role);
    await expect(rig.call("GetListener", listener(yours), role)).rejects.toMatchObject({
      code: "AccessDeniedException",
      status: 403,
    });
    await expect(rig.call("DeleteListener", listener(mine), role)).rejects.toMatchObject({
      code: "AccessDeniedException",
    });
  });

  test("may be limited to the target groups that it forwards to", async () => {
    const [allowed, other] = [await group(rig, "allowed"), await group(rig, "other")];
    const { arn } = await rig.call("GetTargetGroup", { targetGroupIdentifier: allowed });
    const shop = await service(rig, await network(rig));
    const role = rig.role("controller", {
      Action: "vpc-lattice:UpdateListener",
      Resource: "*",
      Condition: { "ForAllValues:StringEquals": { "vpc-lattice:TargetGroupArns": [arn] } },
    });
    const update = (defaultAction: object) =>
      rig.call(
        "UpdateListener",
        { serviceIdentifier: shop.id, listenerIdentifier: shop.listenerId, defaultAction },
        role,
      );
    await update(forward([allowed, 1]));
    await expect(update(forward([allowed, 1], [other, 1]))).rejects.toMatchObject({
      code: "AccessDeniedException",
    });
  });

  test("needs UpdateRule for a batch", async () => {
    const shop = await service(rig, await network(rig));
    const ids = { serviceIdentifier: shop.id, listenerIdentifier: shop.listenerId };
    const match = { httpMatch: { method: "GET" } };
    const action = { fixedResponse: { statusCode: 404 } };
    const { id } = await rig.call("CreateRule", { ...ids, name: "get", priority: 1, match, action });
    const batch = { ...ids, rules: [{ ruleIdentifier: id, priority: 2 }] };
    const wrong = rig.role("wrong", { Action: "vpc-lattice:BatchUpdateRule", Resource: "*" });
    await expect(rig.call("BatchUpdateRule", batch, wrong)).rejects.toThrow("vpc-lattice:UpdateRule");
    const right = rig.role("right", { Action: "vpc-lattice:UpdateRule", Resource: `${shop.arn}/*` });
    await rig.call("BatchUpdateRule", batch, right);
  });

  test.for([
    [
      "CreateTargetGroup",
      { name: "one", type: "IP", config: { port: 80, protocol: "HTTP", vpcIdentifier: vpcId } },
      "ec2:DescribeVpcs",
    ],
    ["CreateService", { name: "one", tags: { team: "a" } }, "vpc-lattice:TagResource"],
  ] as const)("needs for %s what the operation depends on", async ([operation, input, dependent]) => {
    const without = rig.role("without", { Action: `vpc-lattice:${operation}`, Resource: "*" });
    await expect(rig.call(operation, input, without)).rejects.toThrow(dependent);
    const sufficient = rig.role("with", { Action: [`vpc-lattice:${operation}`, dependent], Resource: "*" });
    await rig.call(operation, input, sufficient);
  });

  test("needs the EC2 permissions of a VPC association and of registering addresses", async () => {
    const { id } = await rig.call("CreateServiceNetwork", { name: "shop" });
    const only = await group(rig, "only");
    const role = rig.role("lattice-only", { Action: "vpc-lattice:*", Resource: "*" });
    const association = {
      serviceNetworkIdentifier: id,
      vpcIdentifier: vpcId,
      securityGroupIds: ["sg-0123456789abcdef0"],
    };
    const targets = { targetGroupIdentifier: only, targets: [{ id: "10.0.0.1" }] };
    await expect(rig.call("CreateServiceNetworkVpcAssociation", association, role)).rejects.toThrow(
      "ec2:DescribeVpcs",
    );
    await expect(rig.call("RegisterTargets", targets, role)).rejects.toThrow("ec2:DescribeVpcs");
    const both = rig.role("both", { Action: ["vpc-lattice:*", "ec2:Describe*"], Resource: "*" });
    await rig.call("CreateServiceNetworkVpcAssociation", association, both);
    await rig.call("RegisterTargets", targets, both);
  });
});

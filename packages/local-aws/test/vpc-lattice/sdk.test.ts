import {
  BatchUpdateRuleCommand,
  ConflictException,
  CreateListenerCommand,
  CreateRuleCommand,
  CreateServiceCommand,
  CreateServiceNetworkCommand,
  CreateServiceNetworkServiceAssociationCommand,
  CreateServiceNetworkVpcAssociationCommand,
  CreateTargetGroupCommand,
  DeleteServiceCommand,
  GetRuleCommand,
  GetServiceCommand,
  ListTargetsCommand,
  paginateListRules,
  RegisterTargetsCommand,
  ResourceNotFoundException,
  TagResourceCommand,
  ValidationException,
  VPCLatticeClient,
} from "@aws-sdk/client-vpc-lattice";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { manualClock } from "../../src/clock/manual-clock.ts";
import { type LocalAws, startLocalAws } from "../../src/local-aws.ts";
import { vpcId } from "./shop-builder.ts";

describe("The Lattice client of the AWS SDK", () => {
  let aws: LocalAws;
  let client: VPCLatticeClient;
  beforeEach(async () => {
    aws = await startLocalAws({ clock: manualClock(), lattice: { transitionMs: 0 } });
    aws.ec2.putVpc({ vpcId, cidrBlock: "10.0.0.0/16" });
    const { endpoint, region, credentials } = aws;
    client = new VPCLatticeClient({ endpoint, region, credentials, maxAttempts: 1 });
  });
  afterEach(async () => {
    client.destroy();
    await aws.close();
  });

  test("builds a service and reads it back, by ids and by ARNs", async () => {
    const { id: networkId } = await client.send(new CreateServiceNetworkCommand({ name: "shop" }));
    const shop = await client.send(new CreateServiceCommand({ name: "inventory", tags: { team: "a" } }));
    const config = { port: 80, protocol: "HTTP", vpcIdentifier: vpcId } as const;
    const group = await client.send(new CreateTargetGroupCommand({ name: "stable", type: "IP", config }));
    expect(group.config?.healthCheck).toMatchObject({
      enabled: true,
      path: "/",
      matcher: { httpCode: "200" },
    });
    const registered = await client.send(
      new RegisterTargetsCommand({ targetGroupIdentifier: group.arn, targets: [{ id: "10.0.0.1" }] }),
    );
    expect(registered.successful).toEqual([{ id: "10.0.0.1", port: 80 }]);
    const forward = { targetGroups: [{ targetGroupIdentifier: group.arn, weight: 7 }] };
    const listener = await client.send(
      new CreateListenerCommand({
        serviceIdentifier: shop.arn,
        name: "http",
        protocol: "HTTP",
        defaultAction: { forward },
      }),
    );
    const rule = await client.send(
      new CreateRuleCommand({
        serviceIdentifier: shop.arn,
        listenerIdentifier: listener.arn,
        name: "stock",
        priority: 10,
        match: { httpMatch: { pathMatch: { match: { exact: "/stock" } } } },
        action: { forward },
      }),
    );
    await client.send(
      new CreateServiceNetworkServiceAssociationCommand({
        serviceIdentifier: shop.id,
        serviceNetworkIdentifier: networkId,
      }),
    );
    await client.send(
      new CreateServiceNetworkVpcAssociationCommand({
        serviceNetworkIdentifier: networkId,
        vpcIdentifier: vpcId,
      }),
    );
    const read = await client.send(
      new GetRuleCommand({
        serviceIdentifier: shop.id,
        listenerIdentifier: listener.id,
        ruleIdentifier: rule.arn,
      }),
    );
    expect(read).toMatchObject({
      priority: 10,
      createdAt: new Date(aws.clock.now()),
      action: { forward: { targetGroups: [{ targetGroupIdentifier: group.id, weight: 7 }] } },
    });
    const rules = [];
    const ids = { serviceIdentifier: shop.id, listenerIdentifier: listener.id };
    for await (const page of paginateListRules({ client, pageSize: 1 }, ids))
      rules.push(...(page.items ?? []));
    expect(rules.map(({ isDefault }) => isDefault)).toEqual([false, true]);
    const { items } = await client.send(new ListTargetsCommand({ targetGroupIdentifier: group.id }));
    expect(items).toHaveLength(1);
    await client.send(new TagResourceCommand({ resourceArn: shop.arn, tags: { more: "b" } }));
    const batch = await client.send(
      new BatchUpdateRuleCommand({ ...ids, rules: [{ ruleIdentifier: rule.id, priority: 20 }] }),
    );
    expect(batch.successful).toMatchObject([{ id: rule.id, priority: 20 }]);
  });

  test("raises Lattice's errors as its own classes", async () => {
    const missing = new GetServiceCommand({ serviceIdentifier: "svc-00000000000000000" });
    const notFound = await client.send(missing).catch((error) => error);
    expect(notFound).toBeInstanceOf(ResourceNotFoundException);
    expect(notFound).toMatchObject({ resourceType: "SERVICE", resourceId: "svc-00000000000000000" });

    const invalid = await client.send(new CreateServiceCommand({ name: "No" })).catch((error) => error);
    expect(invalid).toBeInstanceOf(ValidationException);
    expect(invalid).toMatchObject({
      reason: "fieldValidationFailed",
      fieldList: [{ name: "name" }, { name: "name" }],
    });

    const { id } = await client.send(new CreateServiceCommand({ name: "inventory" }));
    const { id: network } = await client.send(new CreateServiceNetworkCommand({ name: "shop" }));
    await client.send(
      new CreateServiceNetworkServiceAssociationCommand({
        serviceIdentifier: id,
        serviceNetworkIdentifier: network,
      }),
    );
    const held = await client
      .send(new DeleteServiceCommand({ serviceIdentifier: id }))
      .catch((error) => error);
    expect(held).toBeInstanceOf(ConflictException);
    expect(held.$metadata.httpStatusCode).toBe(409);
  });
});

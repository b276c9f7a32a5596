import type { Server } from "node:http";
import { fileURLToPath } from "node:url";
import { CloudWatchClient, GetMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { AccessDeniedException, RegisterTargetsCommand, VPCLatticeClient } from "@aws-sdk/client-vpc-lattice";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type ManualClock, manualClock } from "../../src/clock/manual-clock.ts";
import { type LocalAws, startLocalAws } from "../../src/local-aws.ts";
import { statement } from "./lattice-rig.ts";
import { forward, group, network, type Rig, send, service, target, vpcId } from "./shop-builder.ts";

const minute = 60_000;

describe("Lattice among the other services", () => {
  let aws: LocalAws;
  let clock: ManualClock;
  let rig: Rig;
  let inventory: Server;
  let stockGroup: string;
  let functionArn: string;
  let orderGroup: string;
  let orderHost: string;

  /** Order, a function in the VPC, asks inventory, a target at an address. */
  beforeEach(async () => {
    clock = manualClock();
    aws = await startLocalAws({ clock, lattice: { transitionMs: 0 } });
    aws.ec2.putVpc({ vpcId, cidrBlock: "10.0.0.0/16" });
    rig = {
      lattice: aws.lattice,
      call: (operation, input) => aws.call("vpc-lattice", operation, input),
    };
    const networkId = await network(rig);
    stockGroup = await group(rig, "stock");
    const stock = await service(rig, networkId, { defaultAction: forward([stockGroup, 1]) });
    inventory = await target(rig, stockGroup, "10.0.0.1", (_, response) => void response.end("7"));

    const { id } = await rig.call("CreateTargetGroup", {
      name: "order",
      type: "LAMBDA",
      config: { lambdaEventStructureVersion: "V2" },
    });
    orderGroup = id;
    ({ host: orderHost } = await service(rig, networkId, {
      name: "order",
      defaultAction: forward([id, 1]),
    }));
    const trust = statement({ Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" });
    const { arn: roleArn } = aws.iam.putRole({ name: "order", trust, policies: {} });
    functionArn = aws.lambda.putFunction({
      name: "order",
      directory: fileURLToPath(new URL("./functions", import.meta.url)),
      handler: "order.handler",
      environment: { INVENTORY_URL: `http://${stock.host}` },
      roleArn,
      timeoutSeconds: 20,
      memoryMb: 128,
      vpcId,
    });
  });
  afterEach(async () => {
    inventory.close();
    await aws.close();
  });

  const register = () =>
    rig.call("RegisterTargets", { targetGroupIdentifier: orderGroup, targets: [{ id: functionArn }] });

  test("invokes a function, which calls on through Lattice from its VPC", async () => {
    await register();
    const { status, body } = await send(rig, orderHost, "/orders?a=b");
    expect({ status, body: JSON.parse(body) }).toEqual({
      status: 200,
      body: { path: "/orders?a=b", stock: "7" },
    });
  });

  test("cannot invoke a function without its permission", async () => {
    await register();
    await aws.call("lambda", "RemovePermission", {
      FunctionName: "order",
      StatementId: `vpc-lattice-${orderGroup}`,
    });
    expect((await send(rig, orderHost, "/")).status).toBe(500);
  });

  test("registers a function only for who may let it be invoked", async () => {
    const trust = statement({ Principal: { AWS: "*" }, Action: "sts:AssumeRole" });
    const roleWith = async (...Action: string[]) => {
      const name = `role-${Action.length}`;
      const { arn } = aws.iam.putRole({
        name,
        trust,
        policies: { inline: statement({ Action, Resource: "*" }) },
      });
      const caller = aws.iam.assume(arn, "session", aws.iam.root.caller);
      const { endpoint, region } = aws;
      const credentials = aws.iam.credentialsOf(caller);
      const client = new VPCLatticeClient({ endpoint, region, credentials, maxAttempts: 1 });
      const command = new RegisterTargetsCommand({
        targetGroupIdentifier: orderGroup,
        targets: [{ id: functionArn }],
      });
      return client.send(command).finally(() => client.destroy());
    };
    const actions = ["vpc-lattice:RegisterTargets", "lambda:GetFunction", "lambda:AddPermission"];
    await expect(roleWith(...actions.slice(0, 1))).rejects.toThrow(/lambda:GetFunction/);
    const refused = await roleWith(...actions.slice(0, 2)).catch((error) => error);
    expect(refused).toBeInstanceOf(AccessDeniedException);
    expect(refused.message).toContain("lambda:AddPermission");
    expect(await roleWith(...actions)).toMatchObject({ successful: [{ id: functionArn }] });
    expect((await send(rig, orderHost, "/")).status).toBe(200);
    // The permission is there now, and need not be given again.
    expect(await roleWith(...actions.slice(0, 2))).toMatchObject({ successful: [{ id: functionArn }] });
  });

  test("shows its counts in CloudWatch when the minute and its lag are over", async () => {
    const started = clock.now();
    await register();
    for (let sent = 0; sent < 5; sent += 1) await send(rig, orderHost, "/");
    const { endpoint, region, credentials } = aws;
    const client = new CloudWatchClient({ endpoint, region, credentials, maxAttempts: 1 });
    const counts = async () => {
      const Dimensions = [{ Name: "TargetGroup", Value: stockGroup }];
      const of = (MetricName: string) => ({
        Metric: { Namespace: "AWS/VpcLattice", MetricName, Dimensions },
        Period: 60,
        Stat: "Sum",
      });
      const { MetricDataResults = [] } = await client.send(
        new GetMetricDataCommand({
          StartTime: new Date(started),
          EndTime: new Date(started + minute),
          MetricDataQueries: [
            { Id: "all", MetricStat: of("TotalRequestCount") },
            { Id: "bad", MetricStat: of("HTTPCode_5XX_Count") },
          ],
        }),
      );
      return MetricDataResults.map(({ Values }) => Values);
    };
    await clock.advance(2 * minute - 1);
    expect(await counts()).toEqual([[], []]);
    await clock.advance(1);
    expect(await counts()).toEqual([[5], [0]]);
    client.destroy();
  });
});

import { CloudWatchClient, ListMetricsCommand } from "@aws-sdk/client-cloudwatch";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  FilterLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { expect, test } from "vitest";
import { clientSettings, runningLocalAws } from "../running-local-aws.ts";
import { network, type Rig, send, service, vpcId } from "../vpc-lattice/shop-builder.ts";

const other = "222222222222";
const credentials = { accessKeyId: "AKIAOTHER", secretAccessKey: "the other's secret" };

test("An account finds the metrics and access logs of its own services, and no other account does", async () => {
  const { aws, clock, settings } = await runningLocalAws({
    accounts: { [other]: credentials },
    lattice: { transitionMs: 0 },
  });
  const theirs = clientSettings(aws, credentials);
  const theirEc2 = aws.inAccount(other).ec2;
  theirEc2.putVpc({ vpcId, cidrBlock: "10.0.0.0/16" });
  const root = { type: "root", account: other, arn: `arn:aws:iam::${other}:root` } as const;
  const rig: Rig = {
    lattice: aws.lattice,
    call: (operation, input) => aws.callAs(root, "vpc-lattice", operation, input),
  };
  const shop = await service(rig, await network(rig));
  for (const each of [settings, theirs])
    await new CloudWatchLogsClient(each).send(new CreateLogGroupCommand({ logGroupName: "access" }));
  await rig.call("CreateAccessLogSubscription", {
    resourceIdentifier: shop.id,
    destinationArn: `arn:aws:logs:us-east-1:${other}:log-group:access`,
  });
  expect((await send(rig, shop.host, "/stock")).status).toBe(404);
  await clock.advance(3 * 60_000);

  const seen = async (by: typeof settings) => {
    const { Metrics = [] } = await new CloudWatchClient(by).send(
      new ListMetricsCommand({ Namespace: "AWS/VpcLattice", MetricName: "TotalRequestCount" }),
    );
    const { events = [] } = await new CloudWatchLogsClient(by).send(
      new FilterLogEventsCommand({ logGroupName: "access" }),
    );
    return {
      metrics: Metrics.map(({ Dimensions = [] }) => Dimensions.map(({ Value }) => Value)),
      lines: events.map(({ message = "" }) => JSON.parse(message).requestPath),
      streams: [...new Set(events.map(({ logStreamName }) => logStreamName))],
    };
  };
  expect(await seen(theirs)).toEqual({
    metrics: expect.arrayContaining([[shop.id]]),
    lines: ["/stock"],
    streams: [`${other}_VpcLatticeAccessLogs_us-east-1_${shop.id}`],
  });
  expect(await seen(settings)).toEqual({ metrics: [], lines: [], streams: [] });
});

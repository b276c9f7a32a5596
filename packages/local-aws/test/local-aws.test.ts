import { CloudWatchClient, ListMetricsCommand, PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient, ListEventBusesCommand } from "@aws-sdk/client-eventbridge";
import { LambdaClient, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { ListScheduleGroupsCommand, SchedulerClient } from "@aws-sdk/client-scheduler";
import { ListStateMachinesCommand, SFNClient } from "@aws-sdk/client-sfn";
import { ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import {
  CreateServiceCommand,
  ListServicesCommand,
  ListTagsForResourceCommand,
  UntagResourceCommand,
  VPCLatticeClient,
} from "@aws-sdk/client-vpc-lattice";
import { describe, expect, test } from "vitest";
import { jumpingClock, startLocalAws } from "../src/index.ts";
import { roleSettings, runningLocalAws } from "./running-local-aws.ts";

type Settings = ReturnType<typeof roleSettings>;

const asked: Readonly<Record<string, (settings: Settings) => Promise<unknown>>> = {
  dynamodb: (settings) => new DynamoDBClient(settings).send(new ListTablesCommand({})),
  events: (settings) => new EventBridgeClient(settings).send(new ListEventBusesCommand({})),
  lambda: (settings) => new LambdaClient(settings).send(new ListFunctionsCommand({})),
  logs: (settings) => new CloudWatchLogsClient(settings).send(new DescribeLogGroupsCommand({})),
  monitoring: (settings) => new CloudWatchClient(settings).send(new ListMetricsCommand({})),
  scheduler: (settings) => new SchedulerClient(settings).send(new ListScheduleGroupsCommand({})),
  sqs: (settings) => new SQSClient(settings).send(new ListQueuesCommand({})),
  ssm: (settings) => new SSMClient(settings).send(new GetParameterCommand({ Name: "/sst/bootstrap" })),
  states: (settings) => new SFNClient(settings).send(new ListStateMachinesCommand({})),
  "vpc-lattice": (settings) => new VPCLatticeClient(settings).send(new ListServicesCommand({})),
};

describe("a local AWS", () => {
  test.for(Object.entries(asked))(
    "answers %s to root, and to a role only what it may ask",
    async ([service, ask]) => {
      const { aws, settings } = await runningLocalAws();
      await expect(ask(settings as Settings)).resolves.toBeDefined();
      await expect(ask(roleSettings(aws, []))).rejects.toMatchObject({ name: "AccessDeniedException" });
      const prefix = service === "monitoring" ? "cloudwatch" : service;
      await expect(ask(roleSettings(aws, [`${prefix}:*`]))).resolves.toBeDefined();
    },
  );

  test("tells a role who it is without any permission", async () => {
    const { aws } = await runningLocalAws();
    const identity = await new STSClient(roleSettings(aws, [])).send(new GetCallerIdentityCommand({}));
    expect(identity.Arn).toBe("arn:aws:sts::123456789012:assumed-role/visitor/session");
    expect(identity.UserId).toMatch(/^AROA[0-9A-F]{17}:session$/);
  });

  test("finds a resource by an ARN in the path, and takes lists from the query", async () => {
    const { settings } = await runningLocalAws();
    const client = new VPCLatticeClient(settings);
    const { arn: resourceArn } = await client.send(
      new CreateServiceCommand({ name: "inventory", tags: { a: "1", "b c&d": "2", e: "3" } }),
    );
    await client.send(new UntagResourceCommand({ resourceArn, tagKeys: ["a", "b c&d"] }));
    const { tags } = await client.send(new ListTagsForResourceCommand({ resourceArn }));
    expect(tags).toEqual({ e: "3" });
  });

  test("takes metrics that the client has compressed", async () => {
    const { settings, clock } = await runningLocalAws();
    const client = new CloudWatchClient(settings);
    const MetricData = Array.from({ length: 500 }, (_, index) => ({
      MetricName: `requests-${index}`,
      Value: index,
      Timestamp: new Date(clock.now()),
    }));
    const encodings: unknown[] = [];
    client.middlewareStack.add(
      (next) => (args) => {
        encodings.push((args.request as { headers: Record<string, string> }).headers["content-encoding"]);
        return next(args);
      },
      { step: "finalizeRequest", priority: "low" },
    );
    await client.send(new PutMetricDataCommand({ Namespace: "shop", MetricData }));
    expect(encodings).toEqual(["gzip"]);
  });

  test("gives the same ids for the same seed, and secrets that nobody can guess", async () => {
    const ids = async () => {
      const { aws } = await runningLocalAws({ seed: 7 });
      const { id } = await aws.call("vpc-lattice", "CreateService", { name: "inventory" });
      return { id, secret: aws.credentials.secretAccessKey };
    };
    const [one, other] = [await ids(), await ids()];
    expect(one.id).toBe(other.id);
    expect(one.secret).not.toBe(other.secret);
  });

  test("runs a day-long wait in no time on a clock that jumps", async () => {
    const aws = await startLocalAws({ clock: jumpingClock(Date.UTC(2026, 0, 1)) });
    const role = aws.iam.putRole({
      name: "waiter",
      trust: {
        Statement: {
          Effect: "Allow",
          Principal: { Service: "states.amazonaws.com" },
          Action: "sts:AssumeRole",
        },
      },
      policies: {},
    });
    const done = aws.clock.busy();
    const { stateMachineArn } = await aws.call("states", "CreateStateMachine", {
      name: "sleep",
      roleArn: role.arn,
      definition: JSON.stringify({
        QueryLanguage: "JSONata",
        StartAt: "Sleep",
        States: { Sleep: { Type: "Wait", Seconds: 86_400, End: true } },
      }),
    });
    const { executionArn } = await aws.call("states", "StartExecution", { stateMachineArn });
    const woken = new Promise<void>((resolve) => void aws.clock.after(90_000_000, resolve));
    done();
    await woken;
    const { status, startDate, stopDate } = await aws.call("states", "DescribeExecution", { executionArn });
    expect(status).toBe("SUCCEEDED");
    expect(stopDate - startDate).toBe(86_400_000);
    await aws.close();
  });

  test("leaves nothing listening when it is closed", async () => {
    const aws = await startLocalAws();
    await aws.close();
    await expect(fetch(aws.endpoint)).rejects.toThrow();
  });
});

import { describe, expect, test } from "vitest";
import type { LocalAws } from "../../src/index.ts";
import { restarting } from "./restarting.ts";

const account = "123456789012";
const role = `arn:aws:iam::${account}:role/machine`;

/** What is put into a service, and how it is read. */
interface Case {
  put(aws: LocalAws): Promise<void>;
  read(aws: LocalAws): Promise<unknown>;
}

const trust = (service: string) => ({
  Statement: { Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" } as const,
});

const everything = (action: string) => ({
  all: { Statement: { Effect: "Allow", Action: action, Resource: "*" } as const },
});

const cases: Readonly<Record<string, Case>> = {
  iam: {
    async put(aws) {
      await aws.call("iam", "CreateRole", {
        RoleName: "reader",
        AssumeRolePolicyDocument: JSON.stringify(trust("lambda.amazonaws.com")),
      });
      const policy = { RoleName: "reader", PolicyName: "own" };
      const PolicyDocument = JSON.stringify(everything("ssm:*").all);
      await aws.call("iam", "PutRolePolicy", { ...policy, PolicyDocument });
    },
    async read(aws) {
      const RoleName = "reader";
      return [
        await aws.call("iam", "GetRole", { RoleName }),
        await aws.call("iam", "GetRolePolicy", { RoleName, PolicyName: "own" }),
        aws.credentials,
        aws.iam.callerOf(aws.credentials.accessKeyId),
      ];
    },
  },
  dynamodb: {
    async put(aws) {
      const write = (operation: string, input: object) => aws.call("dynamodb", operation, input);
      await write("CreateTable", {
        TableName: "rollouts",
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [
          { AttributeName: "pk", AttributeType: "S" },
          { AttributeName: "sk", AttributeType: "N" },
          { AttributeName: "state", AttributeType: "S" },
        ],
        KeySchema: [
          { AttributeName: "pk", KeyType: "HASH" },
          { AttributeName: "sk", KeyType: "RANGE" },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: "by-state",
            KeySchema: [{ AttributeName: "state", KeyType: "HASH" }],
            Projection: { ProjectionType: "ALL" },
          },
        ],
        Tags: [{ Key: "stage", Value: "test" }],
      });
      await write("CreateTable", {
        TableName: "gone",
        AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
        ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
      });
      const key = (sk: number) => ({ pk: { S: "a" }, sk: { N: String(sk) } });
      const blob = { B: new Uint8Array([0, 255]) };
      for (const sk of [1, 2, 3])
        await write("PutItem", { TableName: "rollouts", Item: { ...key(sk), state: { S: "open" }, blob } });
      await write("UpdateItem", {
        TableName: "rollouts",
        Key: key(1),
        UpdateExpression: "SET #s = :s, n = :n",
        ExpressionAttributeNames: { "#s": "state" },
        ExpressionAttributeValues: { ":s": { S: "done" }, ":n": { L: [{ N: "1" }, { NULL: true }] } },
      });
      await write("DeleteItem", { TableName: "rollouts", Key: key(2) });
      await write("BatchWriteItem", {
        RequestItems: {
          rollouts: [{ PutRequest: { Item: key(7) } }, { DeleteRequest: { Key: key(3) } }],
          gone: [{ PutRequest: { Item: { pk: { S: "x" } } } }],
        },
      });
      await write("DeleteTable", { TableName: "gone" });
    },
    async read(aws) {
      const { Table } = await aws.call("dynamodb", "DescribeTable", { TableName: "rollouts" });
      return [
        await aws.call("dynamodb", "ListTables", {}),
        Table,
        await aws.call("dynamodb", "ListTagsOfResource", { ResourceArn: Table.TableArn }),
        await aws.call("dynamodb", "Scan", { TableName: "rollouts" }),
        await aws.call("dynamodb", "Query", {
          TableName: "rollouts",
          IndexName: "by-state",
          KeyConditionExpression: "#s = :s",
          ExpressionAttributeNames: { "#s": "state" },
          ExpressionAttributeValues: { ":s": { S: "done" } },
        }),
      ];
    },
  },
  events: {
    async put(aws) {
      await aws.call("events", "CreateEventBus", { Name: "shop", Description: "of the shop" });
      await aws.call("events", "CreateEventBus", { Name: "gone" });
      const EventPattern = JSON.stringify({ source: [{ prefix: "shop." }] });
      for (const EventBusName of ["shop", "gone"]) {
        await aws.call("events", "PutRule", { Name: "orders", EventBusName, EventPattern });
        await aws.call("events", "PutTargets", {
          Rule: "orders",
          EventBusName,
          Targets: [{ Id: "queue", Arn: `arn:aws:sqs:us-east-1:${account}:orders`, InputPath: "$.detail" }],
        });
      }
      await aws.call("events", "DeleteEventBus", { Name: "gone" });
      await aws.call("events", "CreateEventBus", { Name: "gone" });
      await aws.call("events", "PutRule", { Name: "tick", ScheduleExpression: "rate(5 minutes)" });
      await aws.call("events", "DisableRule", { Name: "tick" });
    },
    async read(aws) {
      const EventBusName = "shop";
      return [
        await aws.call("events", "ListEventBuses", {}),
        await aws.call("events", "ListRules", { EventBusName }),
        await aws.call("events", "ListRules", { EventBusName: "gone" }),
        await aws.call("events", "DescribeRule", { Name: "tick" }),
        await aws.call("events", "ListTargetsByRule", { Rule: "orders", EventBusName }),
      ];
    },
  },
  lambda: {
    async put(aws) {
      const { arn: roleArn } = aws.iam.putRole({
        name: "function",
        trust: trust("lambda.amazonaws.com"),
        policies: {},
      });
      for (const name of ["kept", "gone"])
        aws.lambda.putFunction({
          name,
          directory: new URL("../lambda/handlers", import.meta.url).pathname,
          handler: "basic.echo",
          environment: { A: "1" },
          roleArn,
          timeoutSeconds: 3,
          memoryMb: 128,
          reservedConcurrency: 2,
        });
      await aws.call("lambda", "AddPermission", {
        FunctionName: "kept",
        StatementId: "s",
        Action: "lambda:InvokeFunction",
        Principal: "events.amazonaws.com",
      });
      aws.lambda.deleteFunction("gone");
    },
    read: async (aws) => [
      await aws.call("lambda", "ListFunctions", {}),
      await aws.call("lambda", "GetFunction", { FunctionName: "kept" }),
      await aws.call("lambda", "GetPolicy", { FunctionName: "kept" }),
    ],
  },
  acm: {
    async put(aws) {
      await aws.call("acm", "RequestCertificate", { DomainName: "shop.example.com" });
    },
    async read(aws) {
      const { CertificateSummaryList } = await aws.call("acm", "ListCertificates", {});
      const { CertificateArn } = CertificateSummaryList[0];
      return [CertificateSummaryList, await aws.call("acm", "GetCertificate", { CertificateArn })];
    },
  },
  ec2: {
    async put(aws) {
      aws.ec2.putVpc({ vpcId: "vpc-1", cidrBlock: "10.0.0.0/16" });
    },
    read: (aws) => aws.call("ec2", "DescribeVpcs", {}),
  },
  logs: {
    async put(aws) {
      const stream = { logGroupName: "shop", logStreamName: "a" };
      const event = (timestamp: number) => ({ timestamp, message: `at ${timestamp}` });
      const write = async () => {
        await aws.call("logs", "CreateLogGroup", { logGroupName: "shop" });
        await aws.call("logs", "CreateLogStream", stream);
        await aws.call("logs", "PutLogEvents", { ...stream, logEvents: [event(5), event(9)] });
      };
      await write();
      await aws.call("logs", "DeleteLogGroup", { logGroupName: "shop" });
      await write();
      await aws.call("logs", "PutLogEvents", { ...stream, logEvents: [event(7)] });
    },
    read: async (aws) => [
      await aws.call("logs", "DescribeLogGroups", {}),
      await aws.call("logs", "DescribeLogStreams", { logGroupName: "shop" }),
      await aws.call("logs", "GetLogEvents", { logGroupName: "shop", logStreamName: "a" }),
    ],
  },
  monitoring: {
    async put(aws) {
      const metric = { MetricName: "Orders", Dimensions: [{ Name: "Shop", Value: "a" }], Unit: "Count" };
      const sum = { SampleCount: 3, Sum: 10, Minimum: 1, Maximum: 7 };
      await aws.call("monitoring", "PutMetricData", {
        Namespace: "Shop",
        MetricData: [
          { ...metric, Value: 4 },
          { ...metric, Values: [1.5, 2], Counts: [2, 1] },
          { ...metric, StatisticValues: sum },
        ],
      });
      await aws.call("monitoring", "PutMetricAlarm", {
        AlarmName: "many",
        Namespace: "Shop",
        MetricName: "Orders",
        Statistic: "Sum",
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 5,
        ComparisonOperator: "GreaterThanThreshold",
      });
    },
    read: async (aws) => [
      await aws.call("monitoring", "ListMetrics", {}),
      await aws.call("monitoring", "GetMetricStatistics", {
        Namespace: "Shop",
        MetricName: "Orders",
        Dimensions: [{ Name: "Shop", Value: "a" }],
        StartTime: new Date(aws.clock.now() - 3_600_000),
        EndTime: new Date(aws.clock.now() + 60_000),
        Period: 60,
        Statistics: ["Sum", "SampleCount", "Minimum", "Maximum"],
        ExtendedStatistics: ["p50"],
      }),
      await aws.call("monitoring", "DescribeAlarms", {}),
      await aws.call("monitoring", "DescribeAlarmHistory", {}),
    ],
  },
  s3: {
    async put(aws) {
      const Bucket = "bucket";
      await aws.call("s3", "CreateBucket", { Bucket });
      const write = (Key: string, text: string) =>
        aws.call("s3", "PutObject", { Bucket, Key, Body: Buffer.from(text), ContentType: "text/plain" });
      await write("a/b", "first");
      await write("a/b", "second");
      await write("gone", "");
      await aws.call("s3", "DeleteObject", { Bucket, Key: "gone" });
    },
    async read(aws) {
      const { Body, ...rest } = await aws.call("s3", "GetObject", { Bucket: "bucket", Key: "a/b" });
      return [
        Buffer.from(Body).toString(),
        rest,
        await aws.call("s3", "ListObjectsV2", { Bucket: "bucket" }),
      ];
    },
  },
  sqs: {
    async put(aws) {
      const Attributes = { VisibilityTimeout: "600" };
      await aws.call("sqs", "CreateQueue", { QueueName: "orders", Attributes });
      await aws.call("sqs", "CreateQueue", { QueueName: "gone" });
      const send = (MessageBody: string) =>
        aws.call("sqs", "SendMessage", {
          QueueUrl: "orders",
          MessageBody,
          MessageAttributes: { a: { DataType: "String", StringValue: "1" } },
        });
      for (const body of ["received", "deleted", "waiting"]) await send(body);
      await aws.call("sqs", "ReceiveMessage", { QueueUrl: "orders" });
      const { Messages } = await aws.call("sqs", "ReceiveMessage", { QueueUrl: "orders" });
      const { ReceiptHandle } = Messages[0];
      await aws.call("sqs", "DeleteMessage", { QueueUrl: "orders", ReceiptHandle });
      await aws.call("sqs", "DeleteQueue", { QueueUrl: "gone" });
    },
    async read(aws) {
      const { QueueUrls } = await aws.call("sqs", "ListQueues", {});
      const read = { QueueUrl: "orders", VisibilityTimeout: 0, MessageAttributeNames: ["All"] };
      const { Messages } = await aws.call("sqs", "ReceiveMessage", read);
      const { Attributes } = await aws.call("sqs", "GetQueueAttributes", {
        QueueUrl: "orders",
        AttributeNames: ["All"],
      });
      const { MessageId, Body, MessageAttributes } = Messages[0];
      const names = QueueUrls.map((url: string) => url.split("/").at(-1));
      return [names, Attributes, { MessageId, Body, MessageAttributes }];
    },
  },
  ssm: {
    async put(aws) {
      const parameter = { Name: "/shop/a", Type: "String" };
      await aws.call("ssm", "PutParameter", { ...parameter, Value: "1" });
      await aws.call("ssm", "PutParameter", { ...parameter, Value: "2", Overwrite: true });
      await aws.call("ssm", "PutParameter", { ...parameter, Name: "/shop/b", Value: "3" });
      await aws.call("ssm", "DeleteParameter", { Name: "/shop/b" });
    },
    read: (aws) => aws.call("ssm", "GetParametersByPath", { Path: "/", Recursive: true }),
  },
  "vpc-lattice": {
    async put(aws) {
      const lattice = (operation: string, input: object) => aws.call("vpc-lattice", operation, input);
      aws.ec2.putVpc({ vpcId: "vpc-0123456789abcdef0", cidrBlock: "10.0.0.0/16" });
      const network = await lattice("CreateServiceNetwork", { name: "shop", tags: { a: "1" } });
      const service = await lattice("CreateService", { name: "orders", clientToken: "once" });
      const group = await lattice("CreateTargetGroup", {
        name: "stable",
        type: "IP",
        config: { port: 80, protocol: "HTTP", vpcIdentifier: "vpc-0123456789abcdef0" },
      });
      await lattice("RegisterTargets", {
        targetGroupIdentifier: group.id,
        targets: [{ id: "10.0.0.1" }, { id: "10.0.0.2" }],
      });
      await lattice("DeregisterTargets", {
        targetGroupIdentifier: group.id,
        targets: [{ id: "10.0.0.2" }],
      });
      const listener = await lattice("CreateListener", {
        serviceIdentifier: service.id,
        name: "http",
        protocol: "HTTP",
        defaultAction: {
          forward: { targetGroups: [{ targetGroupIdentifier: group.id, weight: 20 }] },
        },
      });
      await lattice("CreateRule", {
        serviceIdentifier: service.id,
        listenerIdentifier: listener.id,
        name: "header",
        priority: 10,
        match: { httpMatch: { method: "GET" } },
        action: { fixedResponse: { statusCode: 404 } },
      });
      await lattice("CreateServiceNetworkServiceAssociation", {
        serviceIdentifier: service.id,
        serviceNetworkIdentifier: network.id,
      });
      await lattice("PutAuthPolicy", {
        resourceIdentifier: network.id,
        policy: JSON.stringify({
          Statement: { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" },
        }),
      });
    },
    async read(aws) {
      const lattice = (operation: string, input: object) => aws.call("vpc-lattice", operation, input);
      const { items: networks } = await lattice("ListServiceNetworks", {});
      const { items: services } = await lattice("ListServices", {});
      const { items: groups } = await lattice("ListTargetGroups", {});
      const serviceIdentifier = services[0].id;
      const { items: listeners } = await lattice("ListListeners", { serviceIdentifier });
      return [
        networks,
        services,
        groups,
        listeners,
        await lattice("ListTargets", { targetGroupIdentifier: groups[0].id }),
        await lattice("ListRules", { serviceIdentifier, listenerIdentifier: listeners[0].id }),
        await lattice("GetAuthPolicy", { resourceIdentifier: networks[0].id }),
        await lattice("ListTagsForResource", { resourceArn: networks[0].arn }),
        await lattice("ListServiceNetworkServiceAssociations", { serviceIdentifier }),
        (await lattice("CreateService", { name: "orders", clientToken: "once" })).id,
      ];
    },
  },
  scheduler: {
    async put(aws) {
      const { arn: RoleArn } = aws.iam.putRole({
        name: "schedule",
        trust: trust("scheduler.amazonaws.com"),
        policies: {},
      });
      const Target = { Arn: `arn:aws:sqs:us-east-1:${account}:orders`, RoleArn };
      const settings = { FlexibleTimeWindow: { Mode: "OFF" }, Target };
      await aws.call("scheduler", "CreateScheduleGroup", { Name: "shifts" });
      const rate = { ...settings, GroupName: "shifts", ScheduleExpression: "rate(1 hour)" };
      await aws.call("scheduler", "CreateSchedule", {
        ...rate,
        Name: "hourly",
        StartDate: new Date(aws.clock.now() + 60_000),
        ClientToken: "once",
      });
      await aws.call("scheduler", "CreateSchedule", { ...rate, Name: "gone" });
      await aws.call("scheduler", "DeleteSchedule", { Name: "gone", GroupName: "shifts" });
    },
    read: async (aws) => [
      await aws.call("scheduler", "ListScheduleGroups", {}),
      await aws.call("scheduler", "ListSchedules", {}),
      await aws.call("scheduler", "GetSchedule", { Name: "hourly", GroupName: "shifts" }),
    ],
  },
  states: {
    async put(aws) {
      aws.iam.putRole({ name: "machine", trust: trust("states.amazonaws.com"), policies: {} });
      const create = (name: string, state: object) =>
        aws.call("states", "CreateStateMachine", {
          name,
          roleArn: role,
          definition: JSON.stringify({ QueryLanguage: "JSONata", StartAt: "Only", States: { Only: state } }),
        });
      const { stateMachineArn } = await create("waiting", { Type: "Wait", Seconds: 60, End: true });
      await aws.call("states", "StartExecution", { stateMachineArn, name: "one", input: '{"a":1}' });
      const gone = await create("gone", { Type: "Succeed" });
      await aws.call("states", "DeleteStateMachine", gone);
      const definition = JSON.stringify({ StartAt: "End", States: { End: { Type: "Succeed" } } });
      await aws.call("states", "UpdateStateMachine", { stateMachineArn, definition });
    },
    async read(aws) {
      const arn = (kind: string) => `arn:aws:states:us-east-1:${account}:${kind}:waiting`;
      const executionArn = `${arn("execution")}:one`;
      return [
        await aws.call("states", "ListStateMachines", {}),
        await aws.call("states", "DescribeStateMachine", { stateMachineArn: arn("stateMachine") }),
        await aws.call("states", "ListExecutions", { stateMachineArn: arn("stateMachine") }),
        await aws.call("states", "DescribeExecution", { executionArn }),
        await aws.call("states", "DescribeStateMachineForExecution", { executionArn }),
        await aws.call("states", "GetExecutionHistory", { executionArn }),
      ];
    },
  },
};

describe("after a restart", () => {
  test.for(Object.entries(cases))("%s says what it said before", async ([, { put, read }]) => {
    const state = await restarting();
    await put(state.aws());
    await state.advance(1000);
    const before = await read(state.aws());
    await state.restart();
    expect(await read(state.aws())).toEqual(before);
    await state.restart();
    expect(await read(state.aws())).toEqual(before);
  });

  test("AWS time goes on where it was, and new ids are new", async () => {
    const state = await restarting();
    const id = async () =>
      (await state.aws().call("vpc-lattice", "CreateServiceNetwork", { name: "shop" })).id;
    const first = await id();
    await state.advance(86_400_000);
    const left = state.aws().clock.now();
    await state.restart();
    expect(state.aws().clock.now()).toBe(left);
    await state.aws().reset();
    expect(await id()).not.toBe(first);
  });
});

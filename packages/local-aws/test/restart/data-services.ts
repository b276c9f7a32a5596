import type { KeptService } from "./kept-service.ts";

/** Services that hold data. */
export const dataServices: Readonly<Record<string, KeptService>> = {
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
  elasticloadbalancing: {
    async put(aws) {
      const subnet = { vpcId: "vpc-1", cidrBlock: "10.0.1.0/24", availabilityZone: "us-east-1a" };
      aws.ec2.putSubnet({ subnetId: "subnet-1", ...subnet });
      aws.ec2.putSubnet({ subnetId: "subnet-2", ...subnet });
      const call = (operation: string, input: object) => aws.call("elasticloadbalancing", operation, input);
      const Subnets = ["subnet-1", "subnet-2"];
      const { LoadBalancers } = await call("CreateLoadBalancer", { Name: "shop", Subnets });
      const { LoadBalancerArn } = LoadBalancers[0];
      await call("CreateListener", { LoadBalancerArn, Protocol: "HTTP", Port: 80, DefaultActions: [] });
    },
    async read(aws) {
      const { LoadBalancers } = await aws.call("elasticloadbalancing", "DescribeLoadBalancers", {});
      const { LoadBalancerArn } = LoadBalancers[0];
      const listeners = await aws.call("elasticloadbalancing", "DescribeListeners", { LoadBalancerArn });
      return [LoadBalancers, listeners];
    },
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
};

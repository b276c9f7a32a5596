import type { KeptService } from "./kept-service.ts";

const account = "123456789012";
const role = `arn:aws:iam::${account}:role/machine`;

const trust = (service: string) => ({
  Statement: { Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" } as const,
});

const everything = (action: string) => ({
  all: { Statement: { Effect: "Allow", Action: action, Resource: "*" } as const },
});

/** Services that do things. */
export const actingServices: Readonly<Record<string, KeptService>> = {
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

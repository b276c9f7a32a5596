import { CloudWatchClient, ListMetricsCommand } from "@aws-sdk/client-cloudwatch";
import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient, ListEventBusesCommand, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { LambdaClient, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { ListStateMachinesCommand, SFNClient } from "@aws-sdk/client-sfn";
import { ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { GetParameterCommand, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { BatchUpdateRuleCommand, ListServicesCommand, VPCLatticeClient } from "@aws-sdk/client-vpc-lattice";
import { describe, expect, test } from "vitest";
import { roleSettings, runningLocalAws } from "../running-local-aws.ts";

type Settings = Awaited<ReturnType<typeof runningLocalAws>>["settings"];

const spelled: Readonly<
  Record<string, readonly [ask: (settings: Settings) => Promise<unknown>, code: string, status: number]>
> = {
  dynamodb: [(s) => new DynamoDBClient(s).send(new ListTablesCommand({})), "ThrottlingException", 400],
  events: [(s) => new EventBridgeClient(s).send(new ListEventBusesCommand({})), "ThrottlingException", 400],
  lambda: [(s) => new LambdaClient(s).send(new ListFunctionsCommand({})), "TooManyRequestsException", 429],
  monitoring: [(s) => new CloudWatchClient(s).send(new ListMetricsCommand({})), "Throttling", 400],
  sqs: [(s) => new SQSClient(s).send(new ListQueuesCommand({})), "RequestThrottled", 403],
  states: [(s) => new SFNClient(s).send(new ListStateMachinesCommand({})), "ThrottlingException", 400],
  sts: [(s) => new STSClient(s).send(new GetCallerIdentityCommand({})), "Throttling", 400],
  "vpc-lattice": [
    (s) => new VPCLatticeClient(s).send(new ListServicesCommand({})),
    "ThrottlingException",
    429,
  ],
};

describe("a fault of a call", () => {
  test.for(Object.entries(spelled))(
    "throttles %s as that service spells it",
    async ([service, [ask, name, status]]) => {
      const { aws, settings } = await runningLocalAws();
      aws.faults.arrange({ kind: "throttle", service });
      await expect(ask(settings)).rejects.toMatchObject({ name, $metadata: { httpStatusCode: status } });
    },
  );

  test("is a fault of the service, which a client tries again", async () => {
    const { aws, settings } = await runningLocalAws();
    aws.faults.arrange({ kind: "error", service: "ssm", count: 1 });
    const get = new GetParameterCommand({ Name: "/sst/bootstrap" });
    await expect(new SSMClient(settings).send(get)).rejects.toMatchObject({
      name: "InternalServerError",
      $fault: "server",
    });
    aws.faults.clear();
    aws.faults.arrange({ kind: "error", service: "ssm", count: 2 });
    const patient = new SSMClient({ ...settings, maxAttempts: 3 });
    expect(await patient.send(get)).toMatchObject({ $metadata: { attempts: 3 } });
    expect(aws.faults.list()).toMatchObject([{ seen: 3, struck: 2 }]);
  });

  test.for([
    ["timeout-before-effect", 1],
    ["timeout-after-effect", 2],
  ] as const)("by %s makes a client that tries again write %d times", async ([kind, writes]) => {
    const { aws, settings } = await runningLocalAws();
    aws.faults.arrange({ kind, service: "ssm", operation: "PutParameter", count: 1 });
    const put = new PutParameterCommand({ Name: "/a", Value: "1", Type: "String", Overwrite: true });
    const { $metadata, Version } = await new SSMClient({ ...settings, maxAttempts: 2 }).send(put);
    expect($metadata.attempts).toBe(2);
    expect(Version).toBe(writes);
  });

  test("hides from the caller that a lost call was refused", async () => {
    const { aws, settings } = await runningLocalAws();
    aws.faults.arrange({ kind: "timeout-after-effect", service: "ssm", count: 1 });
    const get = new GetParameterCommand({ Name: "/missing" });
    await expect(new SSMClient(settings).send(get)).rejects.toMatchObject({ code: "ECONNRESET" });
    await expect(new SSMClient(settings).send(get)).rejects.toMatchObject({ name: "ParameterNotFound" });
  });

  test("strikes by operation, by caller, after so many, so often, by the chance of its seed", async () => {
    const { aws, settings } = await runningLocalAws();
    const role = roleSettings(aws, ["ssm:*"]);
    aws.faults.arrange([
      { kind: "error", service: "s*m", operation: "Get*", caller: "*/visitor/*", after: 2, count: 3 },
      { kind: "throttle", service: "sts", probability: 0.5, seed: 7 },
    ]);
    const get = new GetParameterCommand({ Name: "/sst/bootstrap" });
    const outcomes = async (client: SSMClient, times: number) => {
      const seen: string[] = [];
      for (let time = 0; time < times; time += 1) {
        seen.push(
          await client.send(get).then(
            () => "fine",
            (error) => error.name,
          ),
        );
      }
      return seen;
    };
    expect(await outcomes(new SSMClient(settings), 3)).toEqual(["fine", "fine", "fine"]);
    const failure = "InternalServerError";
    expect(await outcomes(new SSMClient(role), 6)).toEqual([
      "fine",
      "fine",
      failure,
      failure,
      failure,
      "fine",
    ]);

    const draws = async () => {
      const seen: boolean[] = [];
      for (let time = 0; time < 40; time += 1) {
        const ask = new STSClient(settings).send(new GetCallerIdentityCommand({}));
        seen.push(
          await ask.then(
            () => true,
            () => false,
          ),
        );
      }
      return seen;
    };
    const first = await draws();
    aws.faults.clear();
    aws.faults.arrange({ kind: "throttle", service: "sts", probability: 0.5, seed: 7 });
    expect(await draws()).toEqual(first);
    expect(new Set(first).size).toBe(2);
  });

  test("fails some entries of PutEvents, and the others are on the bus", async () => {
    const { aws, settings, clock } = await runningLocalAws();
    const { QueueUrl } = await aws.call("sqs", "CreateQueue", {
      QueueName: "all",
      Attributes: {
        Policy: JSON.stringify({
          Statement: { Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: "*" },
        }),
      },
    });
    await aws.call("events", "PutRule", { Name: "all", EventPattern: '{"source":["shop"]}' });
    const Arn = `arn:aws:sqs:${aws.region}:${aws.account}:all`;
    await aws.call("events", "PutTargets", {
      Rule: "all",
      Targets: [{ Id: "all", Arn, InputPath: "$.detail.n" }],
    });
    aws.faults.arrange({ kind: "partial", operation: "PutEvents", seed: 3 });
    const Entries = [0, 1, 2, 3].map((n) => ({ Source: "shop", DetailType: "n", Detail: `{"n":${n}}` }));
    const answer = await new EventBridgeClient(settings).send(new PutEventsCommand({ Entries }));
    const taken = (answer.Entries ?? []).flatMap(({ EventId }, n) => (EventId === undefined ? [] : [n]));
    expect(answer.FailedEntryCount).toBe(4 - taken.length);
    expect(taken.length).toBeGreaterThan(0);
    expect(taken.length).toBeLessThan(4);
    await clock.advance(1000);
    const { Messages } = await aws.call("sqs", "ReceiveMessage", { QueueUrl, MaxNumberOfMessages: 10 });
    expect(Messages.map(({ Body }: { Body: string }) => Number(Body)).toSorted()).toEqual(taken);
  });

  test("changes some rules of BatchUpdateRule and leaves the others as they are", async () => {
    const { aws, settings, clock } = await runningLocalAws();
    const rules = await threeRules(aws, clock);
    aws.faults.arrange({ kind: "partial", service: "vpc-lattice", seed: 1 });
    const answer = await new VPCLatticeClient(settings).send(
      new BatchUpdateRuleCommand({
        ...rules.at,
        rules: rules.ids.map((ruleIdentifier) => ({
          ruleIdentifier,
          match: { httpMatch: { method: "PUT" } },
        })),
      }),
    );
    const changed = answer.successful?.map(({ id }) => id) ?? [];
    const failed = answer.unsuccessful?.map(({ ruleIdentifier }) => ruleIdentifier) ?? [];
    expect([...changed, ...failed].toSorted()).toEqual(rules.ids.toSorted());
    expect(changed.length * failed.length).toBeGreaterThan(0);
    for (const id of rules.ids) {
      const { match } = await aws.call("vpc-lattice", "GetRule", { ...rules.at, ruleIdentifier: id });
      expect(match.httpMatch.method).toBe(changed.includes(id) ? "PUT" : "GET");
    }
  });
});

async function threeRules(
  aws: Awaited<ReturnType<typeof runningLocalAws>>["aws"],
  clock: Awaited<ReturnType<typeof runningLocalAws>>["clock"],
) {
  const fixedResponse = { statusCode: 404 };
  const { id: serviceIdentifier } = await aws.call("vpc-lattice", "CreateService", { name: "inventory" });
  await clock.advance(60_000);
  const { id: listenerIdentifier } = await aws.call("vpc-lattice", "CreateListener", {
    serviceIdentifier,
    name: "http",
    protocol: "HTTP",
    defaultAction: { fixedResponse },
  });
  const at = { serviceIdentifier, listenerIdentifier };
  const ids: string[] = [];
  for (const priority of [1, 2, 3]) {
    const { id } = await aws.call("vpc-lattice", "CreateRule", {
      ...at,
      name: `path-${priority}`,
      priority,
      match: { httpMatch: { method: "GET" } },
      action: { fixedResponse },
    });
    ids.push(id);
  }
  return { at, ids };
}

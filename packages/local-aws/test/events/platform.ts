import type { PolicyDocument } from "@espalier/policy";
import { expect } from "vitest";
import { AwsError } from "../../src/aws-error.ts";
import { type ManualClock, manualClock } from "../../src/clock/manual-clock.ts";
import { authoriser } from "../../src/iam/authorise.ts";
import type {
  AwsEvent,
  Call,
  Caller,
  Observation,
  Platform,
  Service,
  ServiceName,
} from "../../src/platform.ts";
import { memoryStorage } from "../../src/storage/memory-storage.ts";

export const account = "123456789012";
export const root: Caller = { type: "root", account, arn: `arn:aws:iam::${account}:root` };

/** A platform for the tests of a few rooms: a clock that stands, real checks of permissions, and services that are added. */
export interface TestPlatform extends Platform {
  readonly clock: ManualClock;
  readonly observations: Observation[];
  readonly emitted: AwsEvent[];
  add(service: Service): void;
  /** A role that `service` may assume, with one policy. Answers its ARN. */
  putRole(name: string, service: string, policy: PolicyDocument): string;
  as(roleArn: string): Caller;
}

export function testPlatform(): TestPlatform {
  const clock = manualClock();
  const services = new Map<ServiceName, Service>();
  const roles = new Map<string, { service: string; policy: PolicyDocument }>();
  const authorise = authoriser({
    now: clock.now,
    principalTags: () => ({}),
    identityPolicies(caller) {
      const policy = caller.type === "role" ? roles.get(caller.roleArn)?.policy : undefined;
      return policy === undefined ? [] : [{ name: "inline", document: policy }];
    },
  });
  let seed = 1;
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const session = (roleArn: string, sessionName: string): Caller => ({
    type: "role",
    account,
    arn: `arn:aws:sts::${account}:assumed-role/${roleArn.split("/").at(-1)}/${sessionName}`,
    roleArn,
    sessionName,
  });
  const platform: TestPlatform = {
    clock,
    account,
    region: "us-east-1",
    observations: [],
    emitted: [],
    storage: memoryStorage(),
    random,
    hexId: (length) => Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join(""),
    add: (service) => void services.set(service.name, service),
    putRole(name, service, policy) {
      const arn = `arn:aws:iam::${account}:role/${name}`;
      roles.set(arn, { service, policy });
      return arn;
    },
    as: (roleArn) => session(roleArn, "test"),
    async call(caller, name, operationName, input) {
      const operation = services.get(name)?.operations[operationName];
      if (operation === undefined)
        throw new AwsError("UnknownOperationException", `${name}:${operationName}`, 404);
      const call: Call = { caller, account, region: "us-east-1", requestId: "test" };
      authorise(operation, input, call);
      return operation.run(input as never, call);
    },
    assume(roleArn, sessionName, service) {
      if (roles.get(roleArn)?.service !== service) {
        throw new AwsError("AccessDenied", `${service} may not assume ${roleArn}`, 403);
      }
      return session(roleArn, sessionName);
    },
    emit: (event) => void platform.emitted.push(event),
    observe: (observation) => void platform.observations.push(observation),
    log: () => {},
  };
  return platform;
}

/** Queues, functions and state machines that only remember what they were sent, and fail when told to. */
export interface Recorder extends Service {
  readonly calls: {
    readonly operation: string;
    readonly caller: Caller;
    readonly input: Record<string, unknown>;
  }[];
  /** Thrown for each call while it is set. */
  failure: Error | undefined;
}

export function recorder(
  name: ServiceName,
  operations: Readonly<
    Record<string, { action: string; resource: (input: Record<string, unknown>) => string }>
  >,
  resourcePolicy?: PolicyDocument,
): Recorder {
  const service: Recorder = {
    name,
    calls: [],
    failure: undefined,
    operations: Object.fromEntries(
      Object.entries(operations).map(([operation, { action, resource }]) => [
        operation,
        {
          permissions: (input: Record<string, unknown>) => [{ action, resource: resource(input) }],
          resourcePolicy: () => resourcePolicy,
          async run(input: Record<string, unknown>, { caller }: Call) {
            if (service.failure !== undefined) throw service.failure;
            service.calls.push({ operation, caller, input });
            return {};
          },
        },
      ]),
    ),
  };
  return service;
}

export const allow = (
  action: string,
  resource = "*",
  principal?: string,
  condition?: object,
): PolicyDocument => ({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Action: action,
      Resource: resource,
      ...(principal === undefined ? {} : { Principal: { Service: principal } }),
      ...(condition === undefined ? {} : { Condition: condition as never }),
    },
  ],
});

/** Queues that `service` may send to; a queue's URL ends in its name. */
export const queues = (service = "events.amazonaws.com") =>
  recorder(
    "sqs",
    {
      SendMessage: {
        action: "sqs:SendMessage",
        resource: ({ QueueUrl }) => `arn:aws:sqs:us-east-1:${account}:${String(QueueUrl).split("/").at(-1)}`,
      },
    },
    allow("sqs:SendMessage", "*", service),
  );

export const queueArn = (name: string) => `arn:aws:sqs:us-east-1:${account}:${name}`;

/** What has been sent to one queue, oldest first. */
export const sentTo = (recorded: Recorder, queue: string) =>
  recorded.calls.map(({ input }) => input).filter(({ QueueUrl }) => String(QueueUrl).endsWith(`/${queue}`));

/** The string attributes of a message, by name. */
export function attributesOf(message: Record<string, unknown> | undefined): Record<string, string> {
  expect(message).toBeDefined();
  const attributes = (message?.MessageAttributes ?? {}) as Record<string, { StringValue: string }>;
  return Object.fromEntries(Object.entries(attributes).map(([name, { StringValue }]) => [name, StringValue]));
}

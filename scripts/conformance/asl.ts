import { readFileSync } from "node:fs";
import { AwsError } from "../../packages/local-aws/src/aws-error.ts";
import { jumpingClock } from "../../packages/local-aws/src/clock/jumping-clock.ts";
import type { Platform } from "../../packages/local-aws/src/platform.ts";
import { createStates } from "../../packages/local-aws/src/states/create-states.ts";
import { memoryStorage } from "../../packages/local-aws/src/storage/memory-storage.ts";
import { recordedFunctions } from "./recorded-functions.ts";
import { sameRecording } from "./same-recording.ts";

/** An execution as AWS ran it. */
interface Scenario {
  readonly id: string;
  readonly type: "STANDARD" | "EXPRESS";
  readonly definition: unknown;
  /** JSON text. */
  readonly input: string;
  readonly functions?: Readonly<Record<string, string>>;
  readonly expected: {
    readonly status: string;
    readonly output?: unknown;
    readonly error?: string;
    readonly eventTypes?: readonly string[];
  };
}

interface AslScore {
  readonly passed: number;
  readonly total: number;
  readonly failures: string[];
  /** Of the recordings that have a history, how many ours repeats event by event. It is not part of passing. */
  readonly histories: { readonly passed: number; readonly total: number; readonly failures: string[] };
}

/** Runs the executions recorded in `file` on the engine, with time that jumps, and compares status, output and error. */
export async function scoreAsl(file: string): Promise<AslScore> {
  const scenarios: readonly Scenario[] = JSON.parse(readFileSync(file, "utf8"));
  const failures: string[] = [];
  const histories: string[] = [];
  let withHistory = 0;
  for (const scenario of scenarios) {
    const { id, expected } = scenario;
    const actual = await run(scenario);
    const problem = difference(expected, actual);
    if (problem !== undefined) failures.push(`${id}: ${problem}`);
    if (expected.eventTypes === undefined) continue;
    withHistory += 1;
    if (expected.eventTypes.join() !== actual.eventTypes.join())
      histories.push(`${id}: ${actual.eventTypes.join(" ")}`);
  }
  return {
    passed: scenarios.length - failures.length,
    total: scenarios.length,
    failures,
    histories: { passed: withHistory - histories.length, total: withHistory, failures: histories },
  };
}

interface Outcome {
  readonly status: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly eventTypes: readonly string[];
}

async function run({ definition, input, type, functions = {} }: Scenario): Promise<Outcome> {
  const clock = jumpingClock();
  const ended = Promise.withResolvers<void>();
  const invoke = recordedFunctions(functions);
  let serial = 0;
  const platform: Platform = {
    clock,
    account: "111111111111",
    region: "us-east-1",
    random: () => 0.5,
    hexId: (length) => (++serial).toString(16).padStart(length, "0"),
    assume: (roleArn, sessionName) => ({
      type: "role",
      account: "111111111111",
      arn: roleArn,
      roleArn,
      sessionName,
    }),
    call: async (_caller, service, operation, request) => {
      if (service === "lambda" && operation === "Invoke")
        return invoke(request as Parameters<typeof invoke>[0]);
      throw new AwsError("UnknownOperationException", `${service} ${operation}`);
    },
    emit({ detail }) {
      if ((detail as { status: string }).status !== "RUNNING") ended.resolve();
    },
    observe() {},
    log() {},
    storage: memoryStorage(),
  };
  const states = createStates(platform);
  const call = (operation: string, request: unknown) =>
    states.operations[operation]?.run(request, surroundings);
  const caller = { type: "root", account: platform.account, arn: "arn:aws:iam::111111111111:root" } as const;
  const surroundings = {
    caller,
    account: platform.account,
    region: platform.region,
    requestId: "conformance",
  };
  const text = typeof definition === "string" ? definition : JSON.stringify(definition);
  try {
    const { stateMachineArn } = (await call("CreateStateMachine", {
      name: "recorded",
      definition: text,
      roleArn: "arn:aws:iam::111111111111:role/recorded",
      type,
    })) as { stateMachineArn: string };
    const { executionArn } = (await call("StartExecution", { stateMachineArn, input })) as {
      executionArn: string;
    };
    await ended.promise;
    const described = (await call("DescribeExecution", { executionArn })) as Omit<Outcome, "eventTypes">;
    const { events } = (await call("GetExecutionHistory", { executionArn, maxResults: 1000 })) as {
      events: { type: string }[];
    };
    return { ...described, eventTypes: events.map((event) => event.type) };
  } catch (problem) {
    if (!(problem instanceof AwsError)) throw problem;
    return { status: problem.code, cause: problem.message, eventTypes: [] };
  } finally {
    clock.close();
    await states.close?.();
  }
}

function difference(expected: Scenario["expected"], actual: Outcome): string | undefined {
  if (actual.status !== expected.status)
    return `${actual.status} ${actual.error ?? ""} ${actual.cause ?? ""}, AWS says ${expected.status}`;
  if (expected.status === "SUCCEEDED") {
    const output = JSON.parse(actual.output ?? "null");
    return sameRecording(json(expected.output), output)
      ? undefined
      : `${JSON.stringify(output)}, AWS says ${JSON.stringify(expected.output)}`;
  }
  return actual.error === expected.error ? undefined : `${actual.error}, AWS says ${expected.error}`;
}

/** Outputs that are no objects were recorded as JSON text. */
function json(recorded: unknown): unknown {
  return typeof recorded === "string" ? JSON.parse(recorded) : recorded;
}

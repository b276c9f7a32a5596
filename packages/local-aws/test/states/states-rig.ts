import type { DescribeExecutionOutput, HistoryEvent } from "@aws-sdk/client-sfn";
import { AwsError } from "../../src/aws-error.ts";
import { seededChance } from "../../src/chance.ts";
import type { Clock } from "../../src/clock/clock.ts";
import { type ManualClock, manualClock } from "../../src/clock/manual-clock.ts";
import type { AwsEvent, Call, Caller, LogLine, Platform, ServiceName } from "../../src/platform.ts";
import { createStates, type States } from "../../src/states/create-states.ts";
import type { Json, JsonObject } from "../../src/states/json.ts";
import { memoryStorage } from "../../src/storage/memory-storage.ts";
import type { Storage } from "../../src/storage/storage.ts";

const account = "123456789012";
const region = "us-east-1";
const root: Caller = { type: "root", account, arn: `arn:aws:iam::${account}:root` };

/** What a function of the fake Lambda does; it fails as a function does by throwing a FunctionError. */
type FakeFunction = (event: Json) => Json | Promise<Json>;

export class FunctionError extends Error {
  override readonly name = "FunctionError";
  readonly errorType: string;
  constructor(errorType: string, message = "on purpose") {
    super(message);
    this.errorType = errorType;
  }
}

interface RecordedCall {
  readonly caller: Caller;
  readonly service: ServiceName;
  readonly operation: string;
  readonly input: JsonObject;
}

/** The real Step Functions engine between a fake Lambda and fakes of the other services' operations. */
export interface StatesRig<C extends Clock> {
  readonly clock: C;
  readonly wall: ManualClock;
  readonly states: States;
  readonly calls: RecordedCall[];
  readonly events: AwsEvent[];
  readonly lines: LogLine[];
  readonly functions: Record<string, FakeFunction>;
  /** Operations of other services, `dynamodb.UpdateItem`. */
  readonly services: Record<string, (input: never) => unknown>;
  // biome-ignore lint/suspicious/noExplicitAny: the output is the SDK's, named by the operation.
  call(operation: string, input: unknown): Promise<any>;
  create(definition: object | string, settings?: object): Promise<string>;
  /** Creates a machine of its own and starts it. Answers the execution's ARN. */
  start(definition: object, input?: Json): Promise<string>;
  ended(executionArn: string): Promise<DescribeExecutionOutput>;
  history(executionArn: string): Promise<readonly HistoryEvent[]>;
  eventTypes(executionArn: string): Promise<string>;
}

export function statesRig(): StatesRig<ManualClock>;
export function statesRig<C extends Clock>(clock: C, storage?: Storage, seed?: number): StatesRig<C>;
export function statesRig(
  clock: Clock = manualClock(),
  storage: Storage = memoryStorage(),
  seed = 7,
): StatesRig<Clock> {
  const wall = manualClock();
  const endings = new Map<string, PromiseWithResolvers<void>>();
  const ending = (arn: string) => {
    const known = endings.get(arn) ?? Promise.withResolvers<void>();
    endings.set(arn, known);
    return known;
  };
  let machines = 0;
  const call = async (caller: Caller, service: ServiceName, operation: string, input: never) => {
    rig.calls.push({ caller, service, operation, input });
    const surroundings: Call = { caller, account, region, requestId: "test" };
    if (service === "states") {
      const found = rig.states.operations[operation];
      if (found === undefined) throw new AwsError("UnknownOperationException", operation);
      found.permissions(input, surroundings);
      return await found.run(input, surroundings);
    }
    if (service === "lambda" && operation === "Invoke") return await invoke(rig.functions, input);
    const found = rig.services[`${service}.${operation}`];
    if (found === undefined) throw new AwsError("UnknownOperationException", `${service}.${operation}`);
    return await found(input);
  };
  const platform: Platform = {
    clock,
    account,
    region,
    storage,
    ...seededChance(seed),
    call: (caller, service, operation, input) => call(caller, service, operation, input as never),
    assume: (roleArn, sessionName) => ({ type: "role", account, arn: roleArn, roleArn, sessionName }),
    emit(event) {
      rig.events.push(event);
      const { executionArn, status } = event.detail as { executionArn: string; status: string };
      if (status !== "RUNNING") ending(executionArn).resolve();
    },
    observe() {},
    log: (line) => void rig.lines.push(line),
  };
  const rig: StatesRig<Clock> = {
    clock,
    wall,
    states: createStates(platform, { wall }),
    calls: [],
    events: [],
    lines: [],
    functions: {},
    services: {},
    call: (operation, input) => call(root, "states", operation, input as never),
    async create(definition, settings = {}) {
      machines += 1;
      const { stateMachineArn } = await rig.call("CreateStateMachine", {
        name: `machine-${machines}`,
        definition: typeof definition === "string" ? definition : JSON.stringify(definition),
        roleArn: `arn:aws:iam::${account}:role/machine`,
        ...settings,
      });
      return stateMachineArn;
    },
    async start(definition, input = {}) {
      const stateMachineArn = await rig.create(definition);
      const { executionArn } = await rig.call("StartExecution", {
        stateMachineArn,
        input: JSON.stringify(input),
      });
      return executionArn;
    },
    async ended(executionArn) {
      await ending(executionArn).promise;
      return await rig.call("DescribeExecution", { executionArn });
    },
    async history(executionArn) {
      const { events } = await rig.call("GetExecutionHistory", { executionArn, maxResults: 1000 });
      return events;
    },
    eventTypes: async (arn) => (await rig.history(arn)).map(({ type }) => type).join(" "),
  };
  return rig;
}

async function invoke(
  functions: Record<string, FakeFunction>,
  { FunctionName, Payload }: { FunctionName: string; Payload: Uint8Array },
) {
  const run = functions[FunctionName.split(":").at(-1) ?? ""];
  if (run === undefined) throw new AwsError("ResourceNotFoundException", `no function ${FunctionName}`, 404);
  const answer = (payload: Json) => ({ StatusCode: 200, Payload: Buffer.from(JSON.stringify(payload)) });
  try {
    return answer(await run(JSON.parse(Buffer.from(Payload).toString())));
  } catch (error) {
    if (!(error instanceof FunctionError)) throw error;
    const { errorType, message: errorMessage } = error;
    return { ...answer({ errorType, errorMessage }), FunctionError: "Unhandled" };
  }
}

/** The ARN of a function, for a Resource. */
export const functionArn = (name: string) => `arn:aws:lambda:${region}:${account}:function:${name}`;

/** A JSONata machine that starts at the first of its states. */
export function machine(states: Readonly<Record<string, object>>, settings: object = {}): object {
  return { QueryLanguage: "JSONata", StartAt: Object.keys(states)[0], States: states, ...settings };
}

/** A Task that calls the function `work` and ends. */
export const work = (settings: object = {}) => ({
  Type: "Task",
  Resource: functionArn("work"),
  End: true,
  ...settings,
});

/** A callback Task: the function `ask` is given the token, and the workflow waits for it. */
export const ask = (settings: object = {}) => ({
  Type: "Task",
  Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
  Arguments: { FunctionName: "ask", Payload: { token: "{% $states.context.Task.Token %}" } },
  End: true,
  ...settings,
});

/** Collects the tokens that the function `ask` is given; each can be awaited in turn. */
export function tokens(rig: StatesRig<Clock>): { next(): Promise<string> } {
  const given: string[] = [];
  const waiting: ((token: string) => void)[] = [];
  rig.functions.ask = (event) => {
    const { token } = event as { token: string };
    const waiter = waiting.shift();
    if (waiter === undefined) given.push(token);
    else waiter(token);
    return "asked";
  };
  return {
    async next() {
      return given.shift() ?? (await new Promise<string>((resolve) => void waiting.push(resolve)));
    },
  };
}

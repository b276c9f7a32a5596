import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closedGate } from "./gate.ts";
import { answer, event, type LambdaRig, lambdaRig } from "./lambda-rig.ts";

let rig: LambdaRig;
beforeAll(async () => {
  rig = await lambdaRig();
});
afterAll(() => rig.close());

const invoke = (FunctionName: string, value: unknown = {}) =>
  rig.client.send(new InvokeCommand({ FunctionName, Payload: event(value) }));

describe("an invocation", () => {
  test("hands the function its event, its context and an environment of its own", async () => {
    const arn = rig.deploy("answers.echo", { environment: { TABLE: "rollouts" }, timeoutSeconds: 15 });
    process.env.SECRET_OF_THE_HOST = "visible";
    const result = await invoke(arn, { weight: 10 });
    expect(result).toMatchObject({ StatusCode: 200, ExecutedVersion: "$LATEST" });
    expect(result.FunctionError).toBeUndefined();
    expect(answer(result)).toMatchObject({
      event: { weight: 10 },
      context: {
        functionName: "answers-echo",
        functionVersion: "$LATEST",
        invokedFunctionArn: "arn:aws:lambda:us-east-1:123456789012:function:answers-echo",
        memoryLimitInMB: "128",
        awsRequestId: expect.stringMatching(/^request-\d+$/),
        logGroupName: "/aws/lambda/answers-echo",
        logStreamName: expect.stringMatching(/^2026\/01\/01\/\[\$LATEST\][0-9a-f]{32}$/),
      },
      environment: {
        TABLE: "rollouts",
        AWS_LAMBDA_FUNCTION_NAME: "answers-echo",
        AWS_REGION: "us-east-1",
        AWS_ENDPOINT_URL: rig.endpoint,
        _HANDLER: "answers.echo",
      },
    });
    const { context, environment } = answer(result) as {
      context: { remaining: number };
      environment: Record<string, string>;
    };
    expect(context.remaining).toBeGreaterThan(0);
    expect(context.remaining).toBeLessThanOrEqual(15_000);
    expect(environment).not.toHaveProperty("SECRET_OF_THE_HOST");
    expect(rig.iam.callerOf(environment.AWS_ACCESS_KEY_ID ?? "")).toMatchObject({
      secretAccessKey: environment.AWS_SECRET_ACCESS_KEY,
      sessionToken: environment.AWS_SESSION_TOKEN,
      caller: { roleArn: "arn:aws:iam::123456789012:role/worker" },
    });
  });

  test("finds an execution environment warm, and a new deployment a cold one", async () => {
    const arn = rig.deploy("answers.count");
    expect(answer(await invoke(arn))).toBe(1);
    expect(answer(await invoke(arn))).toBe(2);
    rig.deploy("answers.count");
    expect(answer(await invoke(arn))).toBe(1);
  });

  test("shares no environment with another that runs", async () => {
    const { url: gate, open, arrived } = await closedGate(2);
    const arn = rig.deploy("answers.wait");
    const both = [invoke(arn, { gate }), invoke(arn, { gate })];
    await arrived;
    open();
    expect((await Promise.all(both)).map(answer)).toEqual(["open", "open"]);
  });

  test.for<[handler: string, event: unknown, answered: unknown]>([
    ["answers.plain", [1, 2, 3], 3],
    ["answers.nothing", {}, null],
    ["answers.nested.deeper.handler", {}, "found"],
    [
      "typed.handler",
      { text: '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}' },
      "2012-10-17",
    ],
  ])("of %s answers what it answers", async ([handler, value, answered]) => {
    expect(answer(await invoke(rig.deploy(handler), value))).toEqual(answered);
  });

  test("is one version beside others, each with its own code, its own ARN and its own permissions", async () => {
    const latest = rig.deploy("answers.nothing", { name: "versioned" });
    const seventh = rig.deploy("answers.echo", { name: "versioned", version: "7" });
    expect(seventh).toBe(`${latest}:7`);
    expect(answer(await invoke(latest))).toBe(null);
    expect(answer(await invoke(seventh, "x"))).toMatchObject({ event: "x" });
    expect(await invoke(seventh, "x")).toMatchObject({ ExecutedVersion: "7" });
    await expect(invoke(`${latest}:8`)).rejects.toThrow(`Function not found: ${latest}:8`);
  });

  test("takes every form of a function's name, and only the version there is", async () => {
    const arn = rig.deploy("answers.nothing");
    for (const name of ["answers-nothing", arn, `${arn}:$LATEST`, "123456789012:function:answers-nothing"]) {
      expect(answer(await invoke(name))).toBe(null);
    }
    await expect(invoke("no-such")).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      message: "Function not found: arn:aws:lambda:us-east-1:123456789012:function:no-such",
      $metadata: { httpStatusCode: 404 },
    });
    await expect(invoke(`${arn}:7`)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    await expect(invoke(arn.replace("us-east-1", "eu-west-1"))).rejects.toThrow("Function not found");
  });

  test("sends no more and gets no more than 6 MB", async () => {
    const arn = rig.deploy("answers.large");
    expect(answer(await invoke(arn, { bytes: 6 * 1024 * 1024 - 2 }))).toHaveLength(6 * 1024 * 1024 - 2);
    const large = await invoke(arn, { bytes: 6 * 1024 * 1024 });
    expect(large.FunctionError).toBe("Unhandled");
    expect(answer(large)).toMatchObject({ errorType: "Function.ResponseSizeTooLarge" });
    await expect(invoke(arn, "x".repeat(6 * 1024 * 1024))).rejects.toMatchObject({
      name: "RequestTooLargeException",
      $metadata: { httpStatusCode: 413 },
    });
  });

  test("is refused with an event that is not JSON", async () => {
    const command = new InvokeCommand({
      FunctionName: rig.deploy("answers.nothing"),
      Payload: Buffer.from("{"),
    });
    await expect(rig.client.send(command)).rejects.toMatchObject({ name: "InvalidRequestContentException" });
  });

  test("leaves what is printed in the function's log group, a line an event", async () => {
    await invoke(rig.deploy("answers.speak"));
    const lines = rig.logs.filter(({ group }) => group === "/aws/lambda/answers-speak");
    expect(lines.map(({ message }) => message)).toEqual(["one", "two\nthree", "four"]);
    expect(lines.every(({ at }) => at === rig.clock.now())).toBe(true);
  });

  test("is measured", async () => {
    const arn = rig.deploy("failures.throws");
    const before = rig.observations.length;
    await invoke(arn, { item: "trellis" });
    expect(
      rig.observations
        .slice(before)
        .map(({ metric, value }) => [metric, metric === "Duration" ? value > 0 : value]),
    ).toEqual([
      ["Invocations", 1],
      ["Duration", true],
      ["Errors", 1],
    ]);
  });

  test("over the reserved concurrency is throttled", async () => {
    const { url: gate, open, arrived } = await closedGate(1);
    const arn = rig.deploy("answers.wait", { name: "reserved", reservedConcurrency: 1 });
    const first = invoke(arn, { gate });
    await arrived;
    await expect(invoke(arn, { gate })).rejects.toMatchObject({
      name: "TooManyRequestsException",
      Reason: "ReservedFunctionConcurrentInvocationLimitExceeded",
      $metadata: { httpStatusCode: 429 },
    });
    open();
    expect(answer(await first)).toBe("open");
  });

  test("waits for a thread where all are taken, without its time running", async () => {
    const { url: gate, open, arrived } = await closedGate(2);
    const taken = rig.deploy("answers.wait", { timeoutSeconds: 60 });
    const holding = [invoke(taken, { gate }), invoke(taken, { gate })];
    await arrived;
    const arn = rig.deploy("answers.deadline", { timeoutSeconds: 60 });
    const many = Array.from({ length: 200 }, () => invoke(arn));
    const asked = Date.now();
    while (Date.now() === asked) await new Promise(setImmediate);
    const opened = Date.now();
    open();
    for (const each of await Promise.all(many)) {
      expect(answer(each)).toBeGreaterThanOrEqual(opened + 60_000);
    }
    await Promise.all(holding);
  });
});

describe("a function that fails", () => {
  test.for<[handler: string, event: unknown, failure: object]>([
    [
      "throws",
      { item: "trellis" },
      {
        errorType: "OutOfStock",
        errorMessage: "no trellis left",
        trace: expect.arrayContaining(["OutOfStock: no trellis left"]),
      },
    ],
    ["throwsText", {}, { errorType: "string", errorMessage: "just text", trace: [] }],
    ["circular", {}, { errorType: "Error", errorMessage: "Unable to stringify response body" }],
    ["rejectsLate", {}, { errorType: "Runtime.UnhandledPromiseRejection", errorMessage: "nobody caught me" }],
    [
      "exits",
      {},
      {
        errorType: "Runtime.ExitError",
        errorMessage: expect.stringMatching(
          /^RequestId: request-\d+ Error: Runtime exited with error: exit status 7$/,
        ),
      },
    ],
    ["hoards", {}, { errorType: "Runtime.OutOfMemory" }],
    [
      "missing",
      {},
      { errorType: "Runtime.HandlerNotFound", errorMessage: "failures.missing is undefined or not exported" },
    ],
    ["number", {}, { errorType: "Runtime.HandlerNotFound" }],
    ["old", {}, { errorType: "Runtime.CallbackHandlerDeprecated" }],
  ])("as %s does is reported as Lambda does", async ([name, value, failure]) => {
    const result = await invoke(rig.deploy(`failures.${name}`), value);
    expect(result).toMatchObject({ StatusCode: 200, FunctionError: "Unhandled" });
    expect(answer(result)).toMatchObject(failure);
    expect(rig.logs.at(-1)).toMatchObject({
      message: expect.stringContaining(JSON.stringify(answer(result))),
    });
  });

  test.for<[handler: string, errorType: string]>([
    ["needy.handler", "Runtime.ImportModuleError"],
    ["absent.handler", "Runtime.ImportModuleError"],
  ])("to load as %s does is reported as %s, each time", async ([handler, errorType]) => {
    const arn = rig.deploy(handler);
    expect(answer(await invoke(arn))).toMatchObject({ errorType });
    expect(answer(await invoke(arn))).toMatchObject({ errorType });
  });

  test("to parse is reported as a syntax error", async () => {
    const directory = await mkdtemp(join(tmpdir(), "function-"));
    await writeFile(join(directory, "broken.mjs"), "export const handler = async () => {");
    const result = await invoke(rig.deploy("broken.handler", { directory }));
    await rm(directory, { recursive: true });
    expect(answer(result)).toMatchObject({ errorType: "Runtime.UserCodeSyntaxError" });
  });

  test.for(["hangs", "spins"])(
    "to end as %s does is stopped at its timeout, and the next run is a new one",
    async (name) => {
      const arn = rig.deploy(`failures.${name}`, { timeoutSeconds: 1 });
      for (const _ of [1, 2]) {
        expect(answer(await invoke(arn))).toEqual({
          errorType: "Sandbox.Timedout",
          errorMessage: expect.stringMatching(
            /^RequestId: request-\d+ Error: Task timed out after 1\.00 seconds$/,
          ),
        });
      }
    },
  );
});

describe("closing Lambda", () => {
  test("ends what runs and what waits for a thread", async () => {
    const closing = await lambdaRig();
    const { url: gate, open, arrived } = await closedGate(2);
    const FunctionName = closing.deploy("answers.wait");
    const three = Array.from({ length: 3 }, () =>
      closing.platform.call(closing.iam.root.caller, "lambda", "Invoke", {
        FunctionName,
        Payload: event({ gate }),
      }),
    );
    await arrived;
    await closing.close();
    for (const each of await Promise.all(three)) expect(each.FunctionError).toBe("Unhandled");
    open();
  });
});

describe("a role that Lambda may not assume", () => {
  test("cannot be a function's", () => {
    rig.iam.putRole({
      name: "shy",
      trust: {
        Statement: {
          Effect: "Allow",
          Principal: { Service: "states.amazonaws.com" },
          Action: "sts:AssumeRole",
        },
      },
      policies: {},
    });
    const roleArn = "arn:aws:iam::123456789012:role/shy";
    expect(() => rig.deploy("answers.nothing", { roleArn })).toThrow(
      "not authorized to perform: sts:AssumeRole",
    );
  });
});

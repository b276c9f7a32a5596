import { fileURLToPath } from "node:url";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { describe, expect, test } from "vitest";
import type { FaultInput } from "../../src/index.ts";
import { runningLocalAws } from "../running-local-aws.ts";

/** A function that writes parameters, and what it has written. */
async function writer() {
  const { aws, clock, settings } = await runningLocalAws();
  const role = aws.iam.putRole({
    name: "writer",
    trust: {
      Statement: {
        Effect: "Allow",
        Principal: { Service: "lambda.amazonaws.com" },
        Action: "sts:AssumeRole",
      },
    },
    policies: { own: { Statement: { Effect: "Allow", Action: "ssm:*", Resource: "*" } } },
  });
  aws.lambda.putFunction({
    name: "writer",
    directory: fileURLToPath(new URL("./functions", import.meta.url)),
    handler: "writer.writes",
    environment: {},
    roleArn: role.arn,
    timeoutSeconds: 20,
    memoryMb: 128,
  });
  const client = new LambdaClient(settings);
  return {
    aws,
    clock,
    arrange: (fault: FaultInput) => aws.faults.arrange(fault),
    async write(...names: string[]) {
      const Payload = Buffer.from(JSON.stringify({ names }));
      const answer = await client.send(new InvokeCommand({ FunctionName: "writer", Payload }));
      return JSON.parse(Buffer.from(answer.Payload ?? []).toString());
    },
    async written(): Promise<string[]> {
      const { Parameters } = await aws.call("ssm", "GetParametersByPath", { Path: "/written" });
      return Parameters.map(({ Name }: { Name: string }) => Name.slice("/written/".length)).toSorted();
    },
  };
}

const [a, b, c] = ["/written/a", "/written/b", "/written/c"];

describe("a handler", () => {
  test.for([
    [{ kind: "crash-before" }, []],
    [{ kind: "crash-during" }, ["a"]],
    [{ kind: "crash-during", calls: 2 }, ["a", "b"]],
    [{ kind: "crash-during", calls: 9 }, ["a", "b", "c"]],
    [{ kind: "crash-after" }, ["a", "b", "c"]],
  ] as const)("struck by %o has written %o, and runs the next time", async ([fault, effects]) => {
    const { arrange, write, written } = await writer();
    arrange({ ...fault, function: "writ*", count: 1 });
    expect(await write(a, b, c)).toMatchObject({ errorType: "Runtime.ExitError" });
    expect(await written()).toEqual(effects);
    expect(await write("/elsewhere")).toBe(1);
  });

  test("that times out goes on to write later", async () => {
    const { arrange, write, written, clock } = await writer();
    arrange({ kind: "late-write", function: "writer", lateSeconds: 10, count: 1 });
    expect(await write(a, b, c)).toMatchObject({
      errorType: "Sandbox.Timedout",
      errorMessage: expect.stringMatching(
        /^RequestId: \S+ Error: Task timed out after (20\.00|19\.\d\d) seconds$/,
      ),
    });
    expect(await written()).toEqual(["a"]);
    expect(await write("/elsewhere")).toBe(1);
    await clock.advance(9_999);
    expect(await written()).toEqual(["a"]);
    await clock.advance(1);
    expect(await written()).toEqual(["a", "b", "c"]);
    expect(await write("/nowhere")).toBe(1);
  });

  test("that is frozen ends with the local AWS", async () => {
    const { aws, arrange, write } = await writer();
    arrange({ kind: "late-write", lateSeconds: 3600 });
    expect(await write(a)).toMatchObject({ errorType: "Sandbox.Timedout" });
    await aws.close();
  });

  test("is struck for each try of an event that nobody waits for", async () => {
    const { aws, arrange, written, clock } = await writer();
    arrange({ kind: "crash-during", count: 2 });
    const Payload = Buffer.from(JSON.stringify({ names: [a, b] }));
    await aws.call("lambda", "Invoke", { FunctionName: "writer", InvocationType: "Event", Payload });
    await clock.advance(60_000);
    expect(await written()).toEqual(["a"]);
    await clock.advance(120_000);
    expect(await written()).toEqual(["a"]);
    expect(aws.faults.list()).toMatchObject([{ seen: 3, struck: 2 }]);
  });
});

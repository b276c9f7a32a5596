import { expect, test } from "vitest";
import { runningLocalAws } from "../running-local-aws.ts";

test.for([
  ["timeout-after-effect", "Ssm.SdkClientException", "1"],
  ["timeout-before-effect", "Ssm.SdkClientException", undefined],
  ["error", "Ssm.InternalServerErrorException", undefined],
] as const)("a task of a state machine that meets %s can catch %s", async ([kind, error, value]) => {
  const { aws, clock } = await runningLocalAws();
  const role = aws.iam.putRole({
    name: "machine",
    trust: {
      Statement: {
        Effect: "Allow",
        Principal: { Service: "states.amazonaws.com" },
        Action: "sts:AssumeRole",
      },
    },
    policies: { own: { Statement: { Effect: "Allow", Action: "ssm:*", Resource: "*" } } },
  });
  const { stateMachineArn } = await aws.call("states", "CreateStateMachine", {
    name: "machine",
    roleArn: role.arn,
    definition: JSON.stringify({
      QueryLanguage: "JSONata",
      StartAt: "Put",
      States: {
        Put: {
          Type: "Task",
          Resource: "arn:aws:states:::aws-sdk:ssm:putParameter",
          Arguments: { Name: "/a", Value: "1", Type: "String" },
          Catch: [{ ErrorEquals: [error], Next: "Caught" }],
          End: true,
        },
        Caught: { Type: "Succeed", Output: "caught" },
      },
    }),
  });
  aws.faults.arrange({ kind, service: "ssm" });
  const { executionArn } = await aws.call("states", "StartExecution", { stateMachineArn });
  await clock.advance(0);
  expect(await aws.call("states", "DescribeExecution", { executionArn })).toMatchObject({
    output: '"caught"',
  });
  const found = await aws.call("ssm", "GetParameter", { Name: "/a" }).catch(() => undefined);
  expect(found?.Parameter.Value).toBe(value);
});

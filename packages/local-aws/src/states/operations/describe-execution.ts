import type { DescribeExecutionInput, DescribeExecutionOutput } from "@aws-sdk/client-sfn";
import type { Operation } from "../../platform.ts";
import { statusOf } from "../engine/execution.ts";
import { failureDetails } from "../engine/state-failure.ts";
import type { StateMachines } from "../state-machines.ts";
import { findExecution, permission } from "./arns.ts";

export function describeExecution(
  states: StateMachines,
): Operation<DescribeExecutionInput, DescribeExecutionOutput> {
  return {
    permissions: ({ executionArn }) => permission("DescribeExecution", executionArn),
    run({ executionArn, includedData }) {
      const execution = findExecution(states, executionArn);
      const { ending } = execution;
      const status = statusOf(execution);
      const included = includedData !== "METADATA_ONLY";
      return {
        executionArn: execution.arn,
        stateMachineArn: execution.revision.stateMachineArn,
        name: execution.name,
        status,
        startDate: new Date(execution.startedAt),
        ...(ending === undefined ? {} : { stopDate: new Date(ending.at) }),
        ...(included ? { input: execution.input } : {}),
        inputDetails: { included },
        ...(ending?.status === "SUCCEEDED"
          ? { ...(included ? { output: ending.output } : {}), outputDetails: { included } }
          : {}),
        ...(ending !== undefined && "failure" in ending ? failureDetails(ending.failure) : {}),
        redriveCount: 0,
        redriveStatus: "NOT_REDRIVABLE",
        redriveStatusReason: `Execution is ${status} and cannot be redriven`,
      };
    },
  };
}

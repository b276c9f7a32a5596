import type {
  DescribeStateMachineForExecutionInput,
  DescribeStateMachineForExecutionOutput,
} from "@aws-sdk/client-sfn";
import type { Operation } from "../../platform.ts";
import type { StateMachines } from "../state-machines.ts";
import { findExecution, permission } from "./arns.ts";

/** The revision that an execution was started with, whatever has become of its state machine. */
export function describeStateMachineForExecution(
  states: StateMachines,
): Operation<DescribeStateMachineForExecutionInput, DescribeStateMachineForExecutionOutput> {
  return {
    permissions: ({ executionArn }) => permission("DescribeStateMachineForExecution", executionArn),
    run({ executionArn }) {
      const { revision } = findExecution(states, executionArn);
      return {
        stateMachineArn: revision.stateMachineArn,
        name: revision.name,
        definition: revision.text,
        roleArn: revision.roleArn,
        updateDate: new Date(revision.updatedAt),
        loggingConfiguration: revision.logging ?? { level: "OFF", includeExecutionData: false },
        revisionId: revision.revisionId,
      };
    },
  };
}

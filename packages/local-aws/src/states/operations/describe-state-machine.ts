import type { DescribeStateMachineInput, DescribeStateMachineOutput } from "@aws-sdk/client-sfn";
import type { Operation } from "../../platform.ts";
import type { StateMachines } from "../state-machines.ts";
import { findMachine, permission } from "./arns.ts";

export function describeStateMachine(
  states: StateMachines,
): Operation<DescribeStateMachineInput, DescribeStateMachineOutput> {
  return {
    permissions: ({ stateMachineArn }) => permission("DescribeStateMachine", stateMachineArn),
    run({ stateMachineArn }) {
      const { revision, createdAt, deleting } = findMachine(states, stateMachineArn);
      return {
        stateMachineArn: revision.stateMachineArn,
        name: revision.name,
        status: deleting ? "DELETING" : "ACTIVE",
        definition: revision.text,
        roleArn: revision.roleArn,
        type: revision.type,
        creationDate: new Date(createdAt),
        loggingConfiguration: revision.logging ?? { level: "OFF", includeExecutionData: false },
        tracingConfiguration: { enabled: false },
        revisionId: revision.revisionId,
      };
    },
  };
}

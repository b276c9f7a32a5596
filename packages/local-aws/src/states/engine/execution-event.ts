import type { AwsEvent } from "../../platform.ts";
import { type Execution, statusOf } from "./execution.ts";

/** The event that AWS puts on the default bus whenever an execution's status changes. */
export function executionEvent(execution: Execution): AwsEvent {
  const { ending } = execution;
  const failure = ending !== undefined && "failure" in ending ? ending.failure : undefined;
  const output = ending?.status === "SUCCEEDED" ? ending.output : null;
  const status = statusOf(execution);
  return {
    source: "aws.states",
    detailType: "Step Functions Execution Status Change",
    resources: [execution.arn],
    detail: {
      executionArn: execution.arn,
      stateMachineArn: execution.revision.stateMachineArn,
      name: execution.name,
      status,
      startDate: execution.startedAt,
      stopDate: ending?.at ?? null,
      input: execution.input,
      output,
      inputDetails: { included: true },
      outputDetails: output === null ? null : { included: true },
      error: failure?.error ?? null,
      cause: failure?.reason ?? null,
      stateMachineVersionArn: null,
      stateMachineAliasArn: null,
      redriveCount: 0,
      redriveDate: null,
      redriveStatus: "NOT_REDRIVABLE",
      redriveStatusReason: `Execution is ${status} and cannot be redriven`,
    },
  };
}

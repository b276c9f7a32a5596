import { failureDetails, type StateFailure } from "../engine/state-failure.ts";
import { record, type Strand } from "../engine/strand.ts";
import type { Integration } from "../integrations/integration.ts";
import type { Json } from "../json.ts";

/** What the history says of one attempt. */
export interface TaskEvents {
  scheduled(input: Json, timeoutInSeconds: number | undefined, heartbeatInSeconds: number | undefined): void;
  started(): void;
  submitted(output: Json): void;
  succeeded(output: Json): void;
  failed(failure: StateFailure): void;
  timedOut(failure: StateFailure): void;
}

const whole = { truncated: false };

export function taskEvents(integration: Integration, strand: Strand, region: string): TaskEvents {
  return integration.kind === "function"
    ? functionEvents(integration, strand)
    : serviceEvents(integration, strand, region);
}

function functionEvents({ resource }: Integration, strand: Strand): TaskEvents {
  return {
    scheduled: (input, timeoutInSeconds) =>
      record(strand, {
        type: "LambdaFunctionScheduled",
        lambdaFunctionScheduledEventDetails: {
          resource,
          input: JSON.stringify(input),
          inputDetails: whole,
          ...(timeoutInSeconds === undefined ? {} : { timeoutInSeconds }),
        },
      }),
    started: () => record(strand, { type: "LambdaFunctionStarted" }),
    submitted: () => {},
    succeeded: (output) =>
      record(strand, {
        type: "LambdaFunctionSucceeded",
        lambdaFunctionSucceededEventDetails: { output: JSON.stringify(output), outputDetails: whole },
      }),
    failed: (failure) =>
      record(strand, {
        type: "LambdaFunctionFailed",
        lambdaFunctionFailedEventDetails: failureDetails(failure),
      }),
    timedOut: (failure) =>
      record(strand, {
        type: "LambdaFunctionTimedOut",
        lambdaFunctionTimedOutEventDetails: failureDetails(failure),
      }),
  };
}

function serviceEvents({ resourceType, resource }: Integration, strand: Strand, region: string): TaskEvents {
  const of = { resourceType, resource };
  const answered = (output: Json) => ({ ...of, output: JSON.stringify(output), outputDetails: whole });
  return {
    scheduled: (input, timeoutInSeconds, heartbeatInSeconds) =>
      record(strand, {
        type: "TaskScheduled",
        taskScheduledEventDetails: {
          ...of,
          region,
          parameters: JSON.stringify(input),
          ...(timeoutInSeconds === undefined ? {} : { timeoutInSeconds }),
          ...(heartbeatInSeconds === undefined ? {} : { heartbeatInSeconds }),
        },
      }),
    started: () => record(strand, { type: "TaskStarted", taskStartedEventDetails: of }),
    submitted: (output) =>
      record(strand, { type: "TaskSubmitted", taskSubmittedEventDetails: answered(output) }),
    succeeded: (output) =>
      record(strand, { type: "TaskSucceeded", taskSucceededEventDetails: answered(output) }),
    failed: (failure) =>
      record(strand, { type: "TaskFailed", taskFailedEventDetails: { ...of, ...failureDetails(failure) } }),
    timedOut: (failure) =>
      record(strand, {
        type: "TaskTimedOut",
        taskTimedOutEventDetails: { ...of, ...failureDetails(failure) },
      }),
  };
}

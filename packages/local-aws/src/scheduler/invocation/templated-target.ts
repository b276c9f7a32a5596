import { queueUrl } from "../../events/delivery/call-target.ts";
import type { Schedule } from "../schedule.ts";
import type { ApiCall } from "./api-call.ts";

/** The services whose resources are templated targets here, by the third part of their ARN. */
export const templatedServices = ["lambda", "states", "sqs", "events"];

/**
 * The call that a templated target stands for, with the schedule's filled input.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-templated.html
 */
export function templatedCall({ arn, target }: Pick<Schedule, "arn" | "target">, input: string): ApiCall {
  const { Arn, EventBridgeParameters, SqsParameters } = target;
  switch (Arn.split(":")[2]) {
    case "lambda": {
      const event = { FunctionName: Arn, InvocationType: "Event", Payload: Buffer.from(input) };
      return { service: "lambda", operation: "Invoke", input: event };
    }
    case "states":
      return { service: "states", operation: "StartExecution", input: { stateMachineArn: Arn, input } };
    case "sqs": {
      const group = SqsParameters?.MessageGroupId;
      const message = { QueueUrl: queueUrl(Arn), MessageBody: input };
      return {
        service: "sqs",
        operation: "SendMessage",
        input: group === undefined ? message : { ...message, MessageGroupId: group },
      };
    }
    default: {
      const { Source, DetailType } = EventBridgeParameters ?? {};
      const entry = { EventBusName: Arn, Source, DetailType, Detail: input, Resources: [arn] };
      return { service: "events", operation: "PutEvents", input: { Entries: [entry] } };
    }
  }
}

import type { Platform } from "../../platform.ts";
import { type Delivery, queueUrl } from "./call-target.ts";
import { failureCode, failureMessage } from "./failure.ts";
import type { Delivered } from "./retry.ts";

/** Sends an event that could not be delivered to its target's queue, if it has one, with AWS's attributes of why. */
export async function deadLetter(
  platform: Platform,
  { rule, target, event }: Delivery,
  failure: Extract<Delivered, { type: "failed" }>,
): Promise<void> {
  const queue = target.DeadLetterConfig?.Arn;
  if (queue === undefined) return;
  const attributes = {
    RULE_ARN: rule.arn,
    TARGET_ARN: target.Arn,
    ERROR_CODE: failureCode(failure.error),
    ERROR_MESSAGE: failureMessage(failure.error),
    RETRY_ATTEMPTS: String(failure.retries),
    ...(failure.exhausted === undefined ? {} : { EXHAUSTED_RETRY_CONDITION: failure.exhausted }),
  };
  const caller = {
    type: "service",
    account: platform.account,
    arn: "events.amazonaws.com",
    sourceArn: rule.arn,
  } as const;
  await platform.call(caller, "sqs", "SendMessage", {
    QueueUrl: queueUrl(queue),
    MessageBody: JSON.stringify(event),
    MessageAttributes: messageAttributes(attributes),
  });
}

/** String attributes in the shape of SendMessage, which takes no empty one. */
export function messageAttributes(attributes: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      { DataType: "String", StringValue: value || "-" },
    ]),
  );
}

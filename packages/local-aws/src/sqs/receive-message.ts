import { createHash } from "node:crypto";
import type { Message, ReceiveMessageRequest, ReceiveMessageResult } from "@aws-sdk/client-sqs";
import { AwsError } from "../aws-error.ts";
import type { Clock } from "../clock/clock.ts";
import type { Operation } from "../platform.ts";
import { type Queue, type QueuedMessage, seconds } from "./queue.ts";
import { queueOperation } from "./queue-operation.ts";
import type { Queues } from "./queues.ts";

/**
 * Always a short poll: WaitTimeSeconds is taken and not waited for.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html
 */
export function receiveMessage(
  queues: Queues,
  clock: Clock,
): Operation<ReceiveMessageRequest, ReceiveMessageResult> {
  return queueOperation("ReceiveMessage", queues, (queue, input: ReceiveMessageRequest) => {
    const { MaxNumberOfMessages = 1, VisibilityTimeout } = input;
    if (!(MaxNumberOfMessages >= 1 && MaxNumberOfMessages <= 10)) {
      const message = `Value ${MaxNumberOfMessages} for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.`;
      throw new AwsError("InvalidParameterValue", message);
    }
    const now = clock.now();
    const hidden =
      VisibilityTimeout === undefined ? seconds(queue, "VisibilityTimeout") : VisibilityTimeout * 1000;
    dropExpired(queue, now);
    moveDead(queues, queue, now);
    const received = queue.messages
      .values()
      .filter(({ visibleAt }) => visibleAt <= now)
      .take(MaxNumberOfMessages)
      .map((message) => ({
        ...message,
        visibleAt: now + hidden,
        receiveCount: message.receiveCount + 1,
        firstReceivedAt: message.firstReceivedAt ?? now,
      }))
      .toArray();
    for (const message of received) queue.messages.set(message.id, message);
    return received.length === 0 ? {} : { Messages: received.map((message) => shown(message, input)) };
  });
}

function dropExpired(queue: Queue, now: number): void {
  const oldest = now - seconds(queue, "MessageRetentionPeriod");
  for (const { id, sentAt } of queue.messages.values()) if (sentAt < oldest) queue.messages.delete(id);
}

/** Messages received too often go to the dead-letter queue of the redrive policy, when they become visible again. */
function moveDead(queues: Queues, queue: Queue, now: number): void {
  const redrive = queue.attributes.get("RedrivePolicy");
  if (redrive === undefined) return;
  const { deadLetterTargetArn = "", maxReceiveCount = 10 } = JSON.parse(redrive);
  const target = queues.get(String(deadLetterTargetArn));
  for (const message of queue.messages.values()) {
    if (message.visibleAt > now || message.receiveCount < Number(maxReceiveCount)) continue;
    queue.messages.delete(message.id);
    target.messages.set(message.id, message);
  }
}

function shown(message: QueuedMessage, input: ReceiveMessageRequest): Message {
  const names = new Set<string>([
    ...(input.AttributeNames ?? []),
    ...(input.MessageSystemAttributeNames ?? []),
  ]);
  const system = {
    SenderId: message.senderId,
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
  };
  const own = new Set(input.MessageAttributeNames ?? []);
  const pick = <Value>(all: Readonly<Record<string, Value>>, wanted: ReadonlySet<string>) =>
    Object.entries(all).filter(([name]) => wanted.has("All") || wanted.has(".*") || wanted.has(name));
  const attributes = pick(system, names);
  const messageAttributes = pick(message.attributes, own);
  return {
    MessageId: message.id,
    ReceiptHandle: `${message.id}#${message.receiveCount}`,
    Body: message.body,
    MD5OfBody: createHash("md5").update(message.body).digest("hex"),
    ...(attributes.length === 0 ? {} : { Attributes: Object.fromEntries(attributes) }),
    ...(messageAttributes.length === 0 ? {} : { MessageAttributes: Object.fromEntries(messageAttributes) }),
  };
}

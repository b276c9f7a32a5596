import type { GetQueueAttributesRequest, GetQueueAttributesResult } from "@aws-sdk/client-sqs";
import type { Clock } from "../clock/clock.ts";
import type { Operation } from "../platform.ts";
import { messageCounts } from "./message-counts.ts";
import type { Queue } from "./queue.ts";
import { queueOperation } from "./queue-operation.ts";
import type { Queues } from "./queues.ts";

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html */
export function getQueueAttributes(
  queues: Queues,
  clock: Clock,
): Operation<GetQueueAttributesRequest, GetQueueAttributesResult> {
  return queueOperation("GetQueueAttributes", queues, (queue, { AttributeNames = [] }) => {
    const wanted = new Set<string>(AttributeNames);
    const attributes = Object.entries(attributesOf(queue, clock.now())).filter(
      ([name]) => wanted.has("All") || wanted.has(name),
    );
    return attributes.length === 0 ? {} : { Attributes: Object.fromEntries(attributes) };
  });
}

function attributesOf(queue: Queue, now: number): Record<string, string> {
  const { visible, delayed, notVisible } = messageCounts(queue, now);
  return {
    ...Object.fromEntries(queue.attributes),
    QueueArn: queue.arn,
    CreatedTimestamp: String(Math.floor(queue.createdAt / 1000)),
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    ApproximateNumberOfMessagesNotVisible: String(notVisible),
  };
}

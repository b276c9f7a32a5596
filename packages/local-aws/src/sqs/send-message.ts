import { createHash, randomUUID } from "node:crypto";
import type { SendMessageRequest, SendMessageResult } from "@aws-sdk/client-sqs";
import { AwsError } from "../aws-error.ts";
import type { Operation, Platform } from "../platform.ts";
import { seconds } from "./queue.ts";
import { queueOperation } from "./queue-operation.ts";
import type { Queues } from "./queues.ts";

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
export function sendMessage(
  queues: Queues,
  { clock, observe }: Platform,
): Operation<SendMessageRequest, SendMessageResult> {
  return queueOperation("SendMessage", queues, (queue, input, caller) => {
    const { MessageBody = "", MessageAttributes = {}, DelaySeconds } = input;
    const largest = Number(queue.attributes.get("MaximumMessageSize"));
    if (MessageBody === "" || Buffer.byteLength(MessageBody) > largest) {
      const message = `One or more parameters are invalid. Reason: Message must be 1 to ${largest} bytes.`;
      throw new AwsError("InvalidParameterValue", message);
    }
    const now = clock.now();
    const delay = DelaySeconds === undefined ? seconds(queue, "DelaySeconds") : DelaySeconds * 1000;
    const id = randomUUID();
    queue.messages.set(id, {
      id,
      body: MessageBody,
      attributes: MessageAttributes,
      senderId: caller.arn,
      sentAt: now,
      visibleAt: now + delay,
      receiveCount: 0,
      firstReceivedAt: undefined,
    });
    const metric = { namespace: "AWS/SQS", dimensions: { QueueName: queue.name }, at: now, unit: "Count" };
    observe({ ...metric, metric: "NumberOfMessagesSent", value: 1 });
    return { MessageId: id, MD5OfMessageBody: createHash("md5").update(MessageBody).digest("hex") };
  });
}

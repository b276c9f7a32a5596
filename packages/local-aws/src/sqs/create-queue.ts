import type { CreateQueueRequest, CreateQueueResult } from "@aws-sdk/client-sqs";
import { AwsError } from "../aws-error.ts";
import type { Operation } from "../platform.ts";
import type { Queues } from "./queues.ts";

/**
 * Creating a queue again with the same attributes is no error.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
 */
export function createQueue(queues: Queues): Operation<CreateQueueRequest, CreateQueueResult> {
  return {
    permissions: ({ QueueName = "" }) => [{ action: "sqs:CreateQueue", resource: queues.arn(QueueName) }],
    run({ QueueName = "", Attributes = {} }) {
      if (QueueName.endsWith(".fifo")) {
        throw new AwsError("UnsupportedOperation", "FIFO queues are not offered by this local AWS.");
      }
      if (!/^[\w-]{1,80}$/.test(QueueName)) {
        throw new AwsError(
          "InvalidParameterValue",
          "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length",
        );
      }
      const known = queues.find(QueueName);
      if (known === undefined) {
        const queue = queues.create(QueueName);
        try {
          queues.setAttributes(queue, Attributes);
        } catch (refusal) {
          queues.delete(queue);
          throw refusal;
        }
        return { QueueUrl: queues.url(queue) };
      }
      const other = Object.entries(Attributes).find(([name, value]) => known.attributes.get(name) !== value);
      if (other !== undefined) {
        const message = `A queue already exists with the same name and a different value for attribute ${other[0]}`;
        throw new AwsError("QueueNameExists", message);
      }
      return { QueueUrl: queues.url(known) };
    },
  };
}

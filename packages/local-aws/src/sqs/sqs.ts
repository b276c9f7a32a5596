import type {
  DeleteQueueRequest,
  GetQueueUrlRequest,
  GetQueueUrlResult,
  ListQueuesRequest,
  ListQueuesResult,
  PurgeQueueRequest,
  SetQueueAttributesRequest,
} from "@aws-sdk/client-sqs";
import type { Operation, Platform, Service } from "../platform.ts";
import { createQueue } from "./create-queue.ts";
import { deleteMessage } from "./delete-message.ts";
import { getQueueAttributes } from "./get-queue-attributes.ts";
import { queueOperation } from "./queue-operation.ts";
import { type Queues, queues } from "./queues.ts";
import { receiveMessage } from "./receive-message.ts";
import { sendMessage } from "./send-message.ts";

/** SQS as far as dead-letter queues need it: standard queues, no batches. `endpoint` is where queue URLs point to. */
export function createSqs(platform: Platform, endpoint: () => string): Service {
  const all = queues(platform, endpoint);
  return {
    name: "sqs",
    operations: {
      CreateQueue: createQueue(all),
      DeleteMessage: deleteMessage(all),
      DeleteQueue: queueOperation<DeleteQueueRequest, void>("DeleteQueue", all, all.delete),
      GetQueueAttributes: getQueueAttributes(all, platform.clock),
      GetQueueUrl: getQueueUrl(all),
      ListQueues: listQueues(all),
      PurgeQueue: queueOperation<PurgeQueueRequest, void>("PurgeQueue", all, ({ messages }) => {
        messages.clear();
      }),
      ReceiveMessage: receiveMessage(all, platform.clock),
      SendMessage: sendMessage(all, platform),
      SetQueueAttributes: queueOperation<SetQueueAttributesRequest, void>(
        "SetQueueAttributes",
        all,
        (queue, { Attributes = {} }) => all.setAttributes(queue, Attributes),
      ),
    },
  };
}

function getQueueUrl(all: Queues): Operation<GetQueueUrlRequest, GetQueueUrlResult> {
  return {
    permissions: ({ QueueName = "" }) => [{ action: "sqs:GetQueueUrl", resource: all.arn(QueueName) }],
    resourcePolicy: ({ QueueName = "" }) => all.policy(QueueName),
    run: ({ QueueName = "" }) => ({ QueueUrl: all.url(all.get(QueueName)) }),
  };
}

function listQueues(all: Queues): Operation<ListQueuesRequest, ListQueuesResult> {
  return {
    permissions: () => [{ action: "sqs:ListQueues", resource: all.arn("*") }],
    run({ QueueNamePrefix = "" }) {
      const found = all.all().filter(({ name }) => name.startsWith(QueueNamePrefix));
      return { QueueUrls: found.map(all.url) };
    },
  };
}

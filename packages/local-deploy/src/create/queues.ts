import * as z from "zod";
import { creator, nameIn } from "./creator.ts";

const Queue = z.object({ name: z.string(), messageRetentionSeconds: z.number() });

/** A queue. */
export const queue = creator(Queue, ({ name, messageRetentionSeconds }, _, { aws }) =>
  aws.call("sqs", "CreateQueue", {
    QueueName: name,
    Attributes: { MessageRetentionPeriod: String(messageRetentionSeconds) },
  }),
);

/** A queue's own policy. The URL is looked up: the embedded AWS's queues live at its endpoint. */
export const queuePolicy = creator(
  z.object({ queueUrl: z.string(), policy: z.string() }),
  async ({ queueUrl, policy }, _, { aws }) => {
    const { QueueUrl } = await aws.call("sqs", "GetQueueUrl", { QueueName: nameIn(queueUrl) });
    await aws.call("sqs", "SetQueueAttributes", { QueueUrl, Attributes: { Policy: policy } });
  },
);

import type { MessageAttributeValue } from "@aws-sdk/client-sqs";
import type { Storage } from "../storage/storage.ts";

/** A message in a queue, replaced when it is received. Times are AWS time, milliseconds. */
export interface QueuedMessage {
  readonly id: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, MessageAttributeValue>>;
  readonly senderId: string;
  readonly sentAt: number;
  /** When it can be received: after a delay, or when nobody deleted it in time. */
  readonly visibleAt: number;
  readonly receiveCount: number;
  readonly firstReceivedAt: number | undefined;
}

/** A standard queue. */
export interface Queue {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  /** The settable attributes as they were given, defaults filled in. */
  readonly attributes: Map<string, string>;
  /** By their ids, in the order in which they came. */
  readonly messages: Map<string, QueuedMessage>;
}

/** The attributes that can be set, and what they are otherwise (seconds, bytes). */
export const settable: Readonly<Record<string, string | undefined>> = {
  DelaySeconds: "0",
  KmsMasterKeyId: undefined,
  MaximumMessageSize: "1048576",
  MessageRetentionPeriod: "345600",
  Policy: undefined,
  ReceiveMessageWaitTimeSeconds: "0",
  RedriveAllowPolicy: undefined,
  RedrivePolicy: undefined,
  SqsManagedSseEnabled: "true",
  VisibilityTimeout: "30",
};

/** A queue without messages. What of it changes is kept by maps of its own. */
export function newQueue(storage: Storage, queue: QueueIdentity): Queue {
  const made = queueOf(storage, queue);
  for (const [name, value] of Object.entries(settable))
    if (value !== undefined) made.attributes.set(name, value);
  return made;
}

type QueueIdentity = Pick<Queue, "name" | "arn" | "createdAt">;

/** The queues by their name. */
export function keptQueues(storage: Storage): Map<string, Queue> {
  return storage.map<Queue>("sqs.queues", {
    write: ({ name, arn, createdAt }) => ({ name, arn, createdAt }),
    read: (written) => queueOf(storage, written as QueueIdentity),
  });
}

function queueOf(storage: Storage, queue: QueueIdentity): Queue {
  return {
    ...queue,
    attributes: storage.map(`sqs.attributes ${queue.name}`),
    messages: storage.map(`sqs.messages ${queue.name}`),
  };
}

export function seconds(queue: Queue, attribute: string): number {
  return Number(queue.attributes.get(attribute) ?? 0) * 1000;
}

import type { MessageAttributeValue } from "@aws-sdk/client-sqs";

/** A message in a queue. Times are AWS time, milliseconds. */
export interface QueuedMessage {
  readonly id: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, MessageAttributeValue>>;
  readonly senderId: string;
  readonly sentAt: number;
  /** When it can be received: after a delay, or when nobody deleted it in time. */
  visibleAt: number;
  receiveCount: number;
  firstReceivedAt: number | undefined;
}

/** A standard queue. */
export interface Queue {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  /** The settable attributes as they were given, defaults filled in. */
  readonly attributes: Map<string, string>;
  readonly messages: QueuedMessage[];
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

export function newQueue(name: string, arn: string, createdAt: number): Queue {
  const defaults = Object.entries(settable).flatMap(([key, value]): [string, string][] =>
    value === undefined ? [] : [[key, value]],
  );
  return { name, arn, createdAt, attributes: new Map(defaults), messages: [] };
}

export function seconds(queue: Queue, attribute: string): number {
  return Number(queue.attributes.get(attribute) ?? 0) * 1000;
}

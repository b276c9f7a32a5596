import type { Operation } from "../platform.ts";
import type { Queue } from "./queue.ts";
import type { Queues } from "./queues.ts";

/** An operation on the queue of `QueueUrl`, allowed by identity policies or the queue's own. */
export function queueOperation<Input extends { QueueUrl?: string | undefined }, Output>(
  action: string,
  queues: Queues,
  run: (queue: Queue, input: Input, caller: { readonly arn: string }) => Output,
): Operation<Input, Output> {
  return {
    permissions: ({ QueueUrl = "" }) => [{ action: `sqs:${action}`, resource: queues.arn(QueueUrl) }],
    resourcePolicy: ({ QueueUrl = "" }) => queues.policy(QueueUrl),
    run: (input, { caller }) => run(queues.get(input.QueueUrl ?? ""), input, caller),
  };
}

import type { Route } from "./event-rule.ts";
import { logical, named } from "./names.ts";

/** Where what could not be done is kept for two weeks. */
export interface DeadLetters {
  /** Events and schedules that did not reach their target. */
  readonly undelivered: aws.sqs.Queue;
  /** Events whose handler was reached and kept failing. */
  readonly failed: aws.sqs.Queue;
}

/** The two dead-letter queues. */
export function deadLetters(): DeadLetters {
  return { undelivered: queue("undelivered"), failed: queue("failed") };
}

/** Lets the rules of these routes, and nobody else, put what they cannot deliver on the queue. */
export function admitRules(queue: aws.sqs.Queue, routes: readonly Route[]): void {
  new aws.sqs.QueuePolicy("UndeliveredPolicy", {
    queueUrl: queue.url,
    policy: $jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "events.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: queue.arn,
          Condition: { ArnEquals: { "aws:SourceArn": routes.map(({ rule }) => rule.arn) } },
        },
      ],
    }),
  });
}

function queue(name: string): aws.sqs.Queue {
  return new aws.sqs.Queue(logical(name), {
    name: named(name),
    messageRetentionSeconds: 14 * 24 * 60 * 60,
    sqsManagedSseEnabled: true,
  });
}

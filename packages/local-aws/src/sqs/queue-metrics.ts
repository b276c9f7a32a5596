import type { Platform } from "../platform.ts";
import { messageCounts } from "./message-counts.ts";
import type { Queues } from "./queues.ts";

const minute = 60_000;

/**
 * Tells CloudWatch each minute how many messages every queue has, from when it is called. SQS on AWS stops for a queue that nobody uses
 * for six hours; here it goes on.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
export function observeQueues({ clock, observe }: Platform, queues: Pick<Queues, "all">): void {
  const tell = () => {
    const at = clock.now();
    for (const queue of queues.all()) {
      const { visible, delayed, notVisible } = messageCounts(queue, at);
      const of = { namespace: "AWS/SQS", dimensions: { QueueName: queue.name }, at, unit: "Count" };
      observe({ ...of, metric: "ApproximateNumberOfMessagesVisible", value: visible });
      observe({ ...of, metric: "ApproximateNumberOfMessagesDelayed", value: delayed });
      observe({ ...of, metric: "ApproximateNumberOfMessagesNotVisible", value: notVisible });
    }
    again();
  };
  const again = () => void clock.after(minute - (clock.now() % minute), tell, "background");
  again();
}

import type { Platform } from "../platform.ts";
import { messageCounts } from "./message-counts.ts";
import type { Queue } from "./queue.ts";

const minute = 60_000;

/** How long after it was last used an empty queue still has metrics. */
const activeFor = 6 * 60 * minute;

/** Tells CloudWatch each minute how many messages the active queues have. */
export interface QueueMetrics {
  /** The queue is there and has been used. */
  used(queue: Queue): void;
}

/**
 * `find` answers a queue that still exists.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
export function queueMetrics(
  { clock, observe }: Pick<Platform, "clock" | "observe">,
  find: (name: string) => Queue | undefined,
): QueueMetrics {
  const lastUsed = new Map<string, number>();
  let armed = false;

  const arm = () => {
    if (armed || lastUsed.size === 0) return;
    armed = true;
    clock.after(minute - (clock.now() % minute), tell, "background");
  };
  const tell = () => {
    armed = false;
    const at = clock.now();
    for (const [name, usedAt] of lastUsed) {
      const queue = find(name);
      if (queue === undefined) {
        lastUsed.delete(name);
        continue;
      }
      const { visible, delayed, notVisible } = messageCounts(queue, at);
      const of = { namespace: "AWS/SQS", dimensions: { QueueName: name }, at, unit: "Count" };
      observe({ ...of, metric: "ApproximateNumberOfMessagesVisible", value: visible });
      observe({ ...of, metric: "ApproximateNumberOfMessagesDelayed", value: delayed });
      observe({ ...of, metric: "ApproximateNumberOfMessagesNotVisible", value: notVisible });
      if (visible + delayed + notVisible === 0 && at - usedAt >= activeFor) lastUsed.delete(name);
    }
    arm();
  };
  return {
    used({ name }) {
      lastUsed.set(name, clock.now());
      arm();
    },
  };
}

import type { Queue } from "./queue.ts";

/** How many messages of a queue can be received now, are delayed, or have been received and not deleted. */
export function messageCounts({ messages }: Queue, now: number) {
  const waiting = messages
    .values()
    .filter(({ visibleAt }) => visibleAt > now)
    .toArray();
  const delayed = waiting.filter(({ receiveCount }) => receiveCount === 0).length;
  return { visible: messages.size - waiting.length, delayed, notVisible: waiting.length - delayed };
}

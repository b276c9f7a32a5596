import type { Platform } from "../../platform.ts";
import type { Storage } from "../../storage/storage.ts";
import { callTarget, type Delivery } from "./call-target.ts";
import { deadLetter } from "./dead-letter.ts";
import { isPermanent } from "./failure.ts";
import { lane } from "./lane.ts";
import { retryPolicy, withRetries } from "./retry.ts";
import { targetInput } from "./target-input.ts";

/** Brings an event to a target, in the background. Never throws. */
export type Deliver = (delivery: Delivery) => void;

/** The deliveries that are not over, by their id: those of a process before are made again. */
export function keptDeliveries(storage: Storage): Map<string, Delivery> {
  return storage.map("events.deliveries");
}

/** Deliveries under way at the same time. */
const width = 100;

/**
 * Delivers in the background: at once, again while the target fails, and at last to the dead-letter queue. A delivery keeps
 * the target as it was when the rule matched, also if the rule is deleted meanwhile.
 */
export function deliverer(platform: Platform): Deliver {
  const inTurn = lane(width);
  const underWay = keptDeliveries(platform.storage);
  const deliver = async (delivery: Delivery) => {
    const outcome = await withRetries(
      platform,
      retryPolicy(delivery.target.RetryPolicy),
      () =>
        inTurn(async () => {
          const input = targetInput(delivery.target, delivery.rule, delivery.event);
          await callTarget(platform, delivery, input);
        }),
      isPermanent,
    );
    if (outcome.type === "delivered") return;
    count(platform, delivery, "FailedInvocations");
    try {
      await inTurn(() => deadLetter(platform, delivery, outcome));
    } catch {
      // The queue refused: on AWS too the event is lost now and only this tells.
      count(platform, delivery, "InvocationsFailedToBeSentToDlq");
    }
  };
  return (delivery) => {
    const done = platform.clock.busy();
    queueMicrotask(() => {
      void deliver(delivery).then(() => underWay.delete(delivery.id));
      done();
    });
  };
}

function count(platform: Platform, { rule }: Delivery, metric: string): void {
  platform.observe({
    namespace: "AWS/Events",
    metric,
    dimensions: { RuleName: rule.name },
    at: platform.clock.now(),
    value: 1,
  });
}

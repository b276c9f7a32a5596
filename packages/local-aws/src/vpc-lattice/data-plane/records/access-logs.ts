import type { Platform } from "../../../platform.ts";
import type { AccessLogSubscription } from "../../control-plane/records.ts";
import type { LatticeSettings } from "../../settings.ts";
import type { DeliverLog } from "./deliver-log.ts";
import type { FinishedConnection } from "./finished-connection.ts";
import type { Finished } from "./finished-request.ts";
import { LoggedRequest } from "./logged-request.ts";
import { textPacker } from "./packed-texts.ts";

/** Writes access logs, in batches that arrive late, as on AWS. */
export interface AccessLogs {
  /** A request is over. */
  request(finished: Finished): void;
  /** A connection that was passed through is over. */
  connection(finished: FinishedConnection): void;
  /** Throws away what has not been delivered. */
  close(): void;
}

interface Batch {
  readonly requests: LoggedRequest[];
  /** Until then it takes more. */
  readonly openUntil: number;
  readonly deliver: () => void;
  readonly drop: () => void;
}

/** A batch as large as this is delivered early, so that a flood has a bounded size. */
const largestBatch = 5000;

/** A request's line arrives after half of the lag to all of it. */
export function accessLogs(
  { clock }: Pick<Platform, "clock">,
  lag: LatticeSettings["accessLogLagMs"],
  deliver: DeliverLog,
): AccessLogs {
  const batches = new Map<string, Batch>();
  const pending = new Set<Batch>();
  const pack = textPacker();

  const batchOf = (subscription: AccessLogSubscription) => {
    const known = batches.get(subscription.id);
    if (known !== undefined && clock.now() < known.openUntil) return known;
    const late = subscription.destinationArn.startsWith("arn:aws:s3:") ? lag.s3 : lag.logs;
    const requests: LoggedRequest[] = [];
    const batch: Batch = {
      requests,
      openUntil: clock.now() + late / 2,
      deliver() {
        // A timer that is left to run would hold what it was to deliver.
        timer.cancel();
        if (batches.get(subscription.id) === batch) batches.delete(subscription.id);
        pending.delete(batch);
        deliver(subscription, requests);
      },
      drop: () => timer.cancel(),
    };
    const timer = clock.after(late, batch.deliver);
    pending.add(batch);
    batches.set(subscription.id, batch);
    return batch;
  };

  const add = (logged: LoggedRequest, subscriptions: readonly AccessLogSubscription[]) => {
    for (const subscription of subscriptions) {
      const batch = batchOf(subscription);
      batch.requests.push(logged);
      if (batch.requests.length >= largestBatch) batch.deliver();
    }
  };

  return {
    request(finished) {
      const subscriptions = finished.journey.place.accessLogs;
      if (subscriptions.length > 0) add(LoggedRequest.of(finished, pack), subscriptions);
    },
    connection(finished) {
      const subscriptions = finished.place.accessLogs;
      if (subscriptions.length > 0) add(LoggedRequest.ofConnection(finished, pack), subscriptions);
    },
    close() {
      for (const { drop } of pending) drop();
    },
  };
}

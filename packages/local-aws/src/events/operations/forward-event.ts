import { AwsError } from "../../aws-error.ts";
import type { Operation } from "../../platform.ts";
import type { BusEvent } from "../event.ts";
import type { EventBridge } from "../event-bridge.ts";

export interface ForwardEventRequest {
  /** The ARN of the bus that a rule of another bus forwards to. */
  readonly bus: string;
  readonly event: BusEvent;
  readonly hops: number;
}

/**
 * How many buses an event may go through. AWS has no such limit within an account; here buses that forward to each other would
 * take the whole process down.
 */
const mostHops = 5;

/**
 * How a rule brings an event to another bus: allowed as PutEvents is, but the event stays what it was, id, time and source
 * included. AWS has no such operation, so no SDK client can ask for it.
 */
export function forwardEvent({ buses, router }: EventBridge): Operation<ForwardEventRequest, void> {
  return {
    permissions: ({ bus, event }) => [
      {
        action: "events:PutEvents",
        resource: bus,
        context: { "events:source": event.source, "events:detail-type": event["detail-type"] },
      },
    ],
    run({ bus, event, hops }) {
      if (hops > mostHops) {
        throw new AwsError(
          "EventLoopNotAllowed",
          `The event has been through ${mostHops} event buses and goes no further`,
        );
      }
      router.route(buses.bus(bus), event, hops);
    },
  };
}

import type { Delivery } from "../events/delivery/call-target.ts";
import type { Deliver } from "../events/delivery/deliver.ts";
import { uuid } from "../events/event.ts";
import type { Platform } from "../platform.ts";
import type { DeliveryFault, Fault } from "./fault.ts";
import type { FaultBook } from "./faults.ts";
import { fitsWildcard } from "./wildcard.ts";

/** Deliveries that suffer the arranged faults: they come twice, late, or after the next one to the same target. */
export function faultyDeliveries(
  { clock, hexId }: Pick<Platform, "clock" | "hexId">,
  faults: FaultBook,
): (deliver: Deliver) => Deliver {
  return (deliver) => {
    const overtaken = new Map<string, () => void>();
    return (delivery) => {
      const key = `${delivery.rule.arn} ${delivery.target.Id}`;
      const release = overtaken.get(key);
      const strike = release ? undefined : faults.strike((fault) => applies(fault, delivery));
      const later = () => deliver(delivery);
      const wait = (strike?.fault.lateSeconds ?? 0) * 1000;
      switch (strike?.fault.kind) {
        case undefined:
          deliver(delivery);
          release?.();
          break;
        case "duplicate":
          deliver(delivery);
          deliver({ ...delivery, id: uuid({ hexId }) });
          break;
        case "late":
          clock.after(wait, later);
          break;
        case "out-of-order": {
          const go = () => {
            overtaken.delete(key);
            timer.cancel();
            later();
          };
          const timer = clock.after(wait, go);
          overtaken.set(key, go);
        }
      }
    };
  };
}

function applies(fault: Fault, { rule, event }: Delivery): fault is DeliveryFault {
  return (
    "rule" in fault &&
    fitsWildcard(fault.rule, rule.name) &&
    fitsWildcard(fault.detailType, event["detail-type"])
  );
}

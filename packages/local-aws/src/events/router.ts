import type { Platform } from "../platform.ts";
import type { Bus, Rule } from "./bus.ts";
import type { Delivery } from "./delivery/call-target.ts";
import { type Deliver, keptDeliveries } from "./delivery/deliver.ts";
import { type BusEvent, uuid } from "./event.ts";

/** Brings events to the targets of rules. */
export interface Router {
  /** To the targets of every rule of the bus that matches. `hops` counts the buses that the event has been through. */
  route(bus: Bus, event: BusEvent, hops: number): void;
  /** To the targets of one rule, whatever its pattern. */
  fire(rule: Rule, event: BusEvent, hops: number): void;
}

export function createRouter(platform: Platform, deliver: Deliver): Router {
  const underWay = keptDeliveries(platform.storage);
  const router: Router = {
    route(bus, event, hops) {
      for (const rule of bus.rules.values()) {
        if (rule.state === "ENABLED" && rule.pattern?.matches({ ...event })) router.fire(rule, event, hops);
      }
    },
    fire(rule, event, hops) {
      for (const target of rule.targets.values()) {
        const { arn, name } = rule;
        const id = uuid(platform);
        const delivery = { id, rule: { arn, name }, target: target as Delivery["target"], event, hops };
        underWay.set(id, delivery);
        deliver(delivery);
      }
    },
  };
  return router;
}

import type { AwsEvent, Platform, Service } from "../platform.ts";
import { createBuses } from "./bus.ts";
import { type Deliver, deliverer, keptDeliveries } from "./delivery/deliver.ts";
import { busEvent } from "./event.ts";
import type { EventBridge } from "./event-bridge.ts";
import { busOperations } from "./operations/buses.ts";
import { forwardEvent } from "./operations/forward-event.ts";
import { putEvents } from "./operations/put-events.ts";
import { putRule } from "./operations/put-rule.ts";
import { putTargets } from "./operations/put-targets.ts";
import { ruleOperations } from "./operations/rules.ts";
import { targetOperations } from "./operations/targets.ts";
import { testEventPattern } from "./operations/test-event-pattern.ts";
import { isObject } from "./pattern/json.ts";
import { createRouter } from "./router.ts";
import { createRuleSchedules } from "./rule-schedules.ts";

/** EventBridge's buses and rules. Archives, replays, partners, connections and bus policies are not offered. */
export interface Events extends Service {
  /** Puts an event of an AWS service on the default bus: the platform's `emit`. */
  emit(event: AwsEvent): void;
}

/** `onTheWay` may change how deliveries are made. */
export function createEvents(
  platform: Platform,
  onTheWay: (deliver: Deliver) => Deliver = (deliver) => deliver,
): Events {
  const buses = createBuses(platform);
  const deliver = deliverer(platform);
  const underWay = [...keptDeliveries(platform.storage).values()];
  const router = createRouter(platform, onTheWay(deliver));
  const bridge: EventBridge = { platform, buses, router, schedules: createRuleSchedules(platform, router) };
  return {
    name: "events",
    operations: {
      ...busOperations(bridge),
      ...ruleOperations(bridge),
      ...targetOperations(bridge),
      PutRule: putRule(bridge),
      PutTargets: putTargets(bridge),
      PutEvents: putEvents(bridge),
      ForwardEvent: forwardEvent(bridge),
      TestEventPattern: testEventPattern,
    },
    resume() {
      for (const delivery of underWay) deliver(delivery);
      const rules = buses.all.values().flatMap((bus) => bus.rules.values());
      for (const rule of rules) bridge.schedules.resume(rule);
    },
    emit({ source, detailType, resources, detail }) {
      const content = { source, detailType, resources, detail: isObject(detail) ? detail : {} };
      router.route(buses.bus("default"), busEvent(platform, { ...content, at: platform.clock.now() }), 0);
    },
  };
}

import { createEvents, type Events } from "../../src/events/events.ts";
import { queues, type Recorder, root, type TestPlatform, testPlatform } from "./platform.ts";

/** EventBridge with queues that only remember, on a clock that stands. */
export interface EventBridge {
  readonly platform: TestPlatform;
  readonly sqs: Recorder;
  readonly events: Events;
  /** Makes a call as root. */
  // biome-ignore lint/suspicious/noExplicitAny: as Platform's call.
  readonly call: (operation: string, input: object) => Promise<any>;
  // biome-ignore lint/suspicious/noExplicitAny: as Platform's call.
  readonly put: (...entries: object[]) => Promise<any>;
  /** A rule for everything of the shop, with one target whose id is `target`. Answers its ARN. */
  readonly rule: (name: string, target: object, more?: object) => Promise<string>;
  /** Lets what is under way finish. */
  readonly settle: () => Promise<void>;
}

export function eventBridge(): EventBridge {
  const platform = testPlatform();
  const sqs = queues();
  const events = createEvents(platform);
  platform.add(events);
  platform.add(sqs);
  const call = (operation: string, input: object) => platform.call(root, "events", operation, input);
  return {
    platform,
    sqs,
    events,
    call,
    put: (...Entries) => call("PutEvents", { Entries }),
    async rule(name, target, more = {}) {
      const { RuleArn } = await call("PutRule", { Name: name, EventPattern: '{"source":["shop"]}', ...more });
      const { EventBusName } = { EventBusName: undefined, ...more };
      await call("PutTargets", { Rule: name, EventBusName, Targets: [{ Id: "target", ...target }] });
      return RuleArn;
    },
    settle: () => platform.clock.advance(0),
  };
}

/** An entry for PutEvents. */
export const order = (detail: object = {}, more: object = {}) => ({
  Source: "shop",
  DetailType: "Order",
  Detail: JSON.stringify(detail),
  ...more,
});

import type { TestEventPatternRequest, TestEventPatternResponse } from "@aws-sdk/client-eventbridge";
import type { Operation } from "../../platform.ts";
import { parseEventPattern } from "../pattern/event-pattern.ts";
import { isObject, type JsonObject } from "../pattern/json.ts";
import { refuse } from "../refuse.ts";

/** What an event has to have for EventBridge to test it. */
const requiredMembers = ["id", "account", "source", "time", "region", "resources", "detail-type"];

export const testEventPattern: Operation<TestEventPatternRequest, TestEventPatternResponse> = {
  permissions: () => [{ action: "events:TestEventPattern", resource: "*" }],
  run({ EventPattern = "", Event = "" }) {
    const pattern = parseEventPattern(EventPattern);
    const event = parseEvent(Event);
    for (const member of requiredMembers) {
      if (event[member] === undefined)
        refuse(`Parameter Event is not valid. Reason: Event must contain ${member}.`);
    }
    return { Result: pattern.matches(event) };
  },
};

function parseEvent(text: string): JsonObject {
  try {
    const event: unknown = JSON.parse(text);
    if (isObject(event)) return event;
  } catch {
    // Refused below, like everything else that is no object.
  }
  return refuse("Parameter Event is not valid. Reason: it is not a JSON object.");
}

import { type EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { translated } from "@espalier/lattice";
import { type Bus, detailTypeOf, type Telling, Unavailable } from "@espalier/rollout";

/** What rollouts tell is told in this name. */
export const SOURCE = "espalier";

// PutEvents takes at most this many entries a call.
const BATCH = 10;

/** An EventBridge bus. PutEvents answers 200 to entries that it did not take, so its answer is looked into. */
export function eventBridgeBus(client: EventBridgeClient, name: string): Bus {
  return {
    async tell(events) {
      for (let first = 0; first < events.length; first += BATCH) {
        const Entries = events.slice(first, first + BATCH).map((event) => entryFor(event, name));
        const answer = await translated(client.send(new PutEventsCommand({ Entries })));
        if ((answer.FailedEntryCount ?? 0) > 0) {
          const refused = answer.Entries?.find(({ ErrorCode }) => ErrorCode !== undefined);
          throw new Unavailable(
            `the bus ${name} did not take an event: ${refused?.ErrorCode} ${refused?.ErrorMessage}`,
          );
        }
      }
    },
  };
}

function entryFor(event: Telling, bus: string) {
  return {
    EventBusName: bus,
    Source: SOURCE,
    DetailType: detailTypeOf(event),
    Detail: JSON.stringify(event),
    Time: new Date(event.at),
  };
}

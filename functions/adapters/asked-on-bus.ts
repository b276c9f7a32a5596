import { type EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { translated } from "@espalier/lattice";
import { Unavailable } from "@espalier/rollout";

/** Asks for things on a bus, in the name of a deployment. Throws Unavailable where the bus does not take it. */
export function askedOnBus(client: EventBridgeClient, bus: string) {
  return async (detailType: string, detail: Record<string, unknown>): Promise<void> => {
    const entry = {
      EventBusName: bus,
      Source: "espalier.deploy",
      DetailType: detailType,
      Detail: JSON.stringify(detail),
    };
    const { Entries } = await translated(client.send(new PutEventsCommand({ Entries: [entry] })));
    const refused = Entries?.find(({ ErrorCode }) => ErrorCode !== undefined);
    if (refused)
      throw new Unavailable(
        `the bus ${bus} did not take an event: ${refused.ErrorCode} ${refused.ErrorMessage}`,
      );
  };
}

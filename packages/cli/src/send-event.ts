import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { UserError } from "./fail.ts";

/** Puts one event on Espalier's bus. Throws UserError where the bus does not take it. */
export async function sendEvent(bus: string, detailType: string, detail: unknown): Promise<void> {
  const entry = {
    EventBusName: bus,
    Source: "espalier.cli",
    DetailType: detailType,
    Detail: JSON.stringify(detail),
  };
  const { FailedEntryCount, Entries } = await new EventBridgeClient({}).send(
    new PutEventsCommand({ Entries: [entry] }),
  );
  const [refused] = Entries ?? [];
  if (FailedEntryCount)
    throw new UserError(
      `the bus ${bus} did not take "${detailType}": ${refused?.ErrorCode}: ${refused?.ErrorMessage}`,
    );
}

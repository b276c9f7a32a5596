import { randomUUID } from "node:crypto";
import { askedFields } from "../../common-options.ts";
import type { Deployment } from "../../deployment.ts";
import { UserError } from "../../fail.ts";
import { sendEvent } from "../../send-event.ts";

/** What EventBridge takes as one entry, with room for what is around the detail. */
const mostBytes = 250_000;

/** Puts a request to apply on the bus; answers the id under which its outcome will be kept. */
export async function requestApply(
  { bus }: Pick<Deployment, "bus">,
  request: { document: unknown; adopt: readonly string[]; id?: string | undefined },
): Promise<string> {
  const id = request.id ?? `topology-${randomUUID().slice(0, 8)}`;
  const detail = { ...askedFields({}), ...request, id };
  const bytes = Buffer.byteLength(JSON.stringify(detail));
  if (bytes > mostBytes)
    throw new UserError(
      `the document has ${bytes} bytes; an event on the bus has at most ${mostBytes}: split it`,
    );
  await sendEvent(bus, "Topology Apply Requested", detail);
  return id;
}

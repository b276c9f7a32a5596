import { randomUUID } from "node:crypto";
import { pack } from "@espalier/topology";
import { askedFields } from "../../common-options.ts";
import type { Deployment } from "../../deployment.ts";
import { UserError } from "../../fail.ts";
import { sendEvent } from "../../send-event.ts";

/** What EventBridge takes as one entry, with room for what is around the detail. */
const mostBytes = 250_000;

/** What an apply is asked with: addresses of things to own from now on, and of warnings that are meant. */
export interface ApplyRequest {
  readonly document: unknown;
  readonly adopt: readonly string[];
  readonly accept: readonly string[];
  readonly id?: string | undefined;
}

/** Puts a request to apply on the bus, compressed where it is large; answers the id under which its outcome will be kept. */
export async function requestApply(
  { bus }: Pick<Deployment, "bus">,
  { document, ...request }: ApplyRequest,
): Promise<string> {
  const id = request.id ?? newRunId();
  const detail = { ...askedFields({}), ...request, id };
  const plain = { ...detail, document };
  const sent = fits(plain) ? plain : { ...detail, packed: Buffer.from(pack(document)).toString("base64") };
  if (!fits(sent))
    throw new UserError(
      `the document has ${bytesOf(sent)} bytes, compressed; an event on the bus has at most ${mostBytes}: split it`,
    );
  await sendEvent(bus, "Topology Apply Requested", sent);
  return id;
}

/** A name for a run that nobody named. */
export const newRunId = (): string => `topology-${randomUUID().slice(0, 8)}`;

const bytesOf = (detail: unknown) => Buffer.byteLength(JSON.stringify(detail));
const fits = (detail: unknown) => bytesOf(detail) <= mostBytes;

import * as z from "zod";
import { AuthPolicy } from "./auth-policy.ts";
import { AuthType, Tags, wholeNumber } from "./fields.ts";
import { Listener } from "./listener.ts";
import { ListenerName, NetworkName } from "./named.ts";

/** A service, its listeners, and the networks whose callers see it. */
export const Service = z.strictObject({
  authType: AuthType,
  policy: AuthPolicy.optional(),
  idleTimeoutSeconds: wholeNumber("an idle timeout in seconds", 60, 600).optional(),
  networks: z.array(NetworkName).default([]),
  listeners: z.record(ListenerName, Listener).default({}),
  tags: Tags,
});
export type Service = z.infer<typeof Service>;

import * as z from "zod";
import { AccessLogs } from "./access-logs.ts";
import { AuthPolicy } from "./auth-policy.ts";
import { Domain } from "./domain.ts";
import { AuthType, oneOf, Tags, wholeNumber } from "./fields.ts";
import { Listener } from "./listener.ts";
import { ListenerName, NetworkName } from "./named.ts";
import { Share } from "./share.ts";

/** Whose the weights are once an action is made: of rollouts, or of the document at each apply. */
const Weights = oneOf("weights", ["rollouts", "enforce"]).default("rollouts");

/** A service, its listeners, and the networks whose callers see it. */
export const Service = z.strictObject({
  authType: AuthType,
  policy: AuthPolicy.optional(),
  idleTimeoutSeconds: wholeNumber("an idle timeout in seconds", 60, 600).optional(),
  domain: Domain.optional(),
  networks: z.array(NetworkName).default([]),
  listeners: z.record(ListenerName, Listener).default({}),
  weights: Weights,
  accessLogs: AccessLogs,
  share: Share.optional(),
  tags: Tags,
});
export type Service = z.infer<typeof Service>;

import type { Surroundings } from "../engine/strand.ts";
import type { Json } from "../json.ts";

/** What a Task's Resource names. */
export interface Integration {
  /** Whether its events are those of a plain Lambda ARN or of a service integration. */
  readonly kind: "function" | "service";
  /** `lambda`, `states`, `events`, `aws-sdk:dynamodb`: as the history names it. A function has its ARN in `resource`. */
  readonly resourceType: string;
  readonly resource: string;
  /** When the task is done: with the call, when its execution has ended, or when its token comes back. */
  readonly pattern: "request" | "sync" | "callback";
  /** Makes the call. Throws StateFailure under the integration's own error names. */
  readonly request: (input: Json, surroundings: Surroundings) => Promise<Json>;
}

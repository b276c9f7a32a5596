import type { Named } from "../rollout-event.ts";
import type { Match } from "../strategy/match.ts";

/** A rule to be there: on this listener, of this name, sending what matches to this group alone. */
export interface MatchRule {
  readonly listener: string;
  readonly name: string;
  readonly match: Match;
  readonly group: string;
}

/** The rules of a service that send chosen requests to a candidate. Both may be done again. */
export interface MatchRules {
  /** Makes the rule, or makes the one of this name what it is to be; at the lowest free priority. */
  putMatch(service: Named, rule: MatchRule): Promise<void>;
  /** Removes the rules of this name from every listener; none will do. */
  removeMatch(service: Named, name: string): Promise<void>;
}

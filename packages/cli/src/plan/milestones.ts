import { describeMatch, type RolloutEvent } from "@espalier/rollout";

/** Something that a rollout is going to do, and when: an instant of AWS time. */
export interface Milestone {
  readonly at: string;
  readonly what: string;
}

/** What stands out in a rehearsed history, in words. */
export const milestones = (events: readonly RolloutEvent[]): Milestone[] =>
  events.flatMap((event) => {
    const what = inWords(event);
    return what === undefined ? [] : [{ at: event.at, what }];
  });

function inWords(event: RolloutEvent): string | undefined {
  switch (event.type) {
    case "rollout-started":
      return "admitted: the service is locked, its actions are written down";
    case "shift-decided":
      return `${event.to}% to the candidate${event.match === null ? "" : `, and requests whose ${describeMatch(event.match)}`}`;
    case "certificate-awaited":
      return "a certificate is awaited";
    case "approval-awaited":
      return `an approval is awaited, until ${event.until} at most, then: ${event.otherwise}`;
    case "hook-called":
      return `the hook ${event.hook} is asked (${event.point})`;
    case "growth-held":
      return event.reason;
    case "promotion-decided":
      return "promoted: 100% to the candidate";
    case "stay-decided":
      return "the weights stay as they are";
    case "return-decided":
      return "the weights go back to what they were";
    case "rollout-promoted":
    case "rollout-rolled-back":
    case "rollout-stopped":
    case "rollout-shifted":
    case "rollout-shifted-back":
      return `ended: ${event.type.replace("rollout-", "").replace("-", " ")}; the outcome is told, the lock released`;
    default:
      return undefined;
  }
}

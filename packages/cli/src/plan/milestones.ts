import { describeMatch, type RolloutEvent } from "@espalier/rollout";
import { minutes } from "../view/numbers.ts";

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
      return shiftTo(event);
    case "certificate-awaited":
      return "a certificate is awaited";
    case "approval-awaited":
      return `an approval is awaited, for ${lasting(event.at, event.until)} at most, then: ${event.otherwise}`;
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

function shiftTo({ to, match }: Extract<RolloutEvent, { type: "shift-decided" }>): string {
  const weight = `${to}% to the candidate`;
  if (match === null || to === 100) return weight;
  const matching = `requests whose ${describeMatch(match)}`;
  return to === 0 ? `${matching} go to the candidate` : `${weight}, and all ${matching}`;
}

const lasting = (from: string, to: string) => minutes((Date.parse(to) - Date.parse(from)) / 60_000);

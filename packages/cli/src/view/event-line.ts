import { formatOdds, type RolloutEvent } from "@espalier/rollout";

/** The time of day of an instant, in UTC: `14:05`. */
export const timeOf = (instant: string) => instant.slice(11, 16);

/** A text whose instants are told as times of day, as `timeOf` tells them. */
export const withTimes = (text: string) => text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, timeOf);

/** Said once above times, which are all told the same way. */
export const TIMES = "times are AWS time (UTC)";

/** Prints events with their times, indented by `indent`. */
export function printHistory(events: readonly RolloutEvent[], indent = ""): void {
  for (const event of events) {
    const line = eventLine(event);
    if (line !== undefined) console.log(`${indent}${timeOf(event.at)}  ${line}`);
  }
}

/** One event of a history in words, without its time; undefined for what a reader would not miss (a look without news). */
export function eventLine(event: RolloutEvent): string | undefined {
  const line = inWords(event);
  return line === undefined ? undefined : withTimes(line);
}

function inWords(event: RolloutEvent): string | undefined {
  switch (event.type) {
    case "rollout-refused":
      return `refused: ${event.problems.join("; ")}`;
    case "rollout-started":
      return `started: ${event.service.name} from ${event.stable.name} to ${event.candidate.name}${says(event)}`;
    case "weights-shifted":
      return `weights shifted: ${event.weight}% to the candidate`;
    case "weights-restored":
      return "weights restored to what they were";
    case "rollout-paused":
      return `paused${says(event)}`;
    case "rollout-resumed":
      return `resumed${says(event)}`;
    case "command-declined":
      return `${event.command} declined: ${event.reason}`;
    case "minutes-closed":
      return missing(event);
    case "rollout-promoted":
    case "rollout-rolled-back":
    case "rollout-stopped":
      return `settled: ${event.type.replace("rollout-", "").replace("-", " ")} after ${Math.round(event.minutes)} min, evidence ${formatOdds(event.evidence)}`;
    default:
      return event.reason;
  }
}

const says = ({ by, why }: { by?: string | undefined; why?: string | undefined }) =>
  `${by === undefined ? "" : ` by ${by}`}${why === undefined ? "" : `: ${why}`}`;

function missing({ minutes }: Extract<RolloutEvent, { type: "minutes-closed" }>): string | undefined {
  const lost = minutes.filter(({ type }) => type === "missing").length;
  if (lost === 0) return undefined;
  return `the metrics of ${lost === 1 ? "a minute" : `${lost} minutes`} never came; no evidence either way`;
}

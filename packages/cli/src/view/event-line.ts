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
      return ["weights restored to what they were", ...event.warnings].join("; ");
    case "rollouts-frozen":
      return `all rollouts are frozen${says(event.frozen)}`;
    case "rollouts-thawed":
      return "rollouts are no longer frozen";
    case "growth-freed":
      return "the share may grow again";
    case "metrics-readable":
      return "the metrics can be read again";
    case "alarm-noted":
      return `the alarm ${event.alarm.name} is ${event.alarm.state}`;
    case "step-baked":
      return `step ${event.step + 1} has baked`;
    case "hook-called":
      return event.attempt === 1 ? `the hook ${event.hook} is asked (${event.point})` : undefined;
    case "hook-answered":
      return `the hook says ${event.answer}${event.reason === "" ? "" : `: ${event.reason}`}`;
    case "approval-given":
      return `approved${says(event)}`;
    case "rollout-paused":
      return `paused${says(event)}`;
    case "rollout-resumed":
      return `resumed${says(event)}`;
    case "command-declined":
      return `${event.command} declined: ${event.reason}`;
    case "minutes-closed":
      return missing(event);
    case "levels-read":
      return undefined;
    case "rollout-promoted":
    case "rollout-rolled-back":
    case "rollout-stopped":
    case "rollout-shifted":
    case "rollout-shifted-back":
      return `settled: ${event.type.replace("rollout-", "").replace("-", " ")} after ${Math.round(event.minutes)} min, evidence ${formatOdds(event.evidence)}`;
    default:
      return event.reason;
  }
}

/** ` by ana: checkout is slow`, as far as it was said. */
export const says = ({ by, why }: { by?: string | undefined; why?: string | undefined }) =>
  `${by === undefined ? "" : ` by ${by}`}${why === undefined ? "" : `: ${why}`}`;

function missing({ minutes }: Extract<RolloutEvent, { type: "minutes-closed" }>): string | undefined {
  const lost = minutes.filter(({ type }) => type === "missing").length;
  if (lost === 0) return undefined;
  return `the metrics of ${lost === 1 ? "a minute" : `${lost} minutes`} never came; no evidence either way`;
}

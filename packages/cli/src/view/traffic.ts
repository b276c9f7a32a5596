import type { RolloutEvent } from "@espalier/rollout";

type Minutes = Extract<RolloutEvent, { type: "minutes-closed" }>["minutes"];

/** A minute that was counted in both versions. */
export type CountedMinute = Extract<Minutes[number], { type: "counted" }>;

/** What a history tells of the traffic of late. `from` is the first minute that is wholly under the present weights. */
export interface Traffic {
  readonly minutes: readonly CountedMinute[];
  readonly from: number;
}

/** Before anything was counted. */
export const noTraffic: Traffic = { minutes: [], from: 0 };

/** As many minutes as the widest sparkline shows, and enough for a share. */
const KEPT = 60;

/** After some more events. */
export function noteTraffic(traffic: Traffic, events: readonly RolloutEvent[]): Traffic {
  return events.reduce(note, traffic);
}

function note({ minutes, from }: Traffic, event: RolloutEvent): Traffic {
  switch (event.type) {
    case "minutes-closed": {
      const counted = event.minutes.filter((minute) => minute.type === "counted");
      return { minutes: [...minutes, ...counted].slice(-KEPT), from };
    }
    case "weights-shifted":
    case "weights-restored":
      return { minutes, from: Math.floor(Date.parse(event.at) / 60_000) + 1 };
    default:
      return { minutes, from };
  }
}

/** The candidate's share of the requests under the present weights, in percent; undefined where there were none. */
export function shareSeen({ minutes, from }: Traffic): number | undefined {
  const present = minutes.filter(({ minute }) => minute >= from);
  const served = (arm: "candidate" | "stable") =>
    present.reduce((sum, minute) => sum + minute[arm].requests, 0);
  const all = served("candidate") + served("stable");
  return all === 0 ? undefined : (100 * served("candidate")) / all;
}

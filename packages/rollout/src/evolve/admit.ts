import { Minute, minuteAt, noCounts } from "@espalier/evidence";
import { toMillis } from "../instant.ts";
import type { Admitted } from "../rollout.ts";
import type { RolloutStarted } from "../rollout-event.ts";

/** A rollout that has just been admitted. */
export function admit(event: RolloutStarted): Admitted {
  const { id, request, service, candidate, stable, undoes, made, actions, at, by, why } = event;
  return {
    status: "admitted",
    ...{ id, request, service, candidate, stable, made, actions },
    ...(undoes === undefined ? {} : { undoes }),
    startedAt: at,
    ...(by === undefined ? {} : { requestedBy: by }),
    ...(why === undefined ? {} : { reason: why }),
    judging: null,
    written: null,
    writtenAt: null,
    matched: null,
    orders: 0,
    calls: 0,
    phase: { type: "starting" },
    watch: {
      closedThrough: Minute.parse(minuteAt(toMillis(at)) - 1),
      counts: noCounts,
      missingMinutes: 0,
      owed: 0,
    },
    gate: null,
    frozen: null,
    unreadable: null,
    levels: {},
    alarms: {},
    drift: { adopted: [], overrule: false, overruled: 0, accepted: false },
    contradicted: [],
    warnings: [],
  };
}

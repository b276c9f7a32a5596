import type { ArmCounts, Findings } from "@espalier/evidence";
import { affordableShare } from "./budget.ts";
import { type RampPlan, type RampState, SMALLEST_SHARE } from "./ramp-plan.ts";

/** What a look has to go on: what the comparison found, and the counts that a budget is kept by. */
export interface Seen extends Findings {
  readonly counts: ArmCounts;
}

/** What a look leads to: the candidate's share from 0 to 1, and what to do. */
export interface RampStep {
  readonly state: RampState;
  readonly share: number;
  /** `finish` says that the hold-back, or a promotion without one, is over: the candidate gets everything. */
  readonly decision: "go on" | "roll back" | "promote" | "finish";
}

/**
 * One look at the end of minute `now`: up when certificates allow or a cap has passed, down when suspicious, out when worse. The
 * share it gives depends on what was seen before only, so the evidence keeps its guarantee. Looking again in the same minute
 * changes nothing, unless the evidence has come.
 */
export function ramp(plan: RampPlan, state: RampState, seen: Seen, now: number): RampStep {
  if (state.phase === "rolled-back") return { state, share: 0, decision: "roll back" };
  if (state.phase === "done") return { state, share: 1, decision: "finish" };
  if (seen.worse) return { state: { ...state, now, phase: "rolled-back" }, share: 0, decision: "roll back" };
  const looked = look(plan, state, seen, now);
  return looked.phase === "holding-back" ? keepHolding(plan, looked, seen) : climb(plan, looked, seen);
}

/** The state with the minutes since the last look counted, and moved up if it may. */
function look(plan: RampPlan, state: RampState, seen: Seen, now: number): RampState {
  const passed = Math.max(0, now - state.now);
  const doubt = seen.suspicion >= plan.tuning.suspicionShrinks ? passed : 0;
  const looked = { ...state, now: state.now + passed, suspicious: state.suspicious + doubt };
  if (state.phase !== "ramping") return looked;
  const level = nextLevel(plan, looked, seen);
  return level === looked.level ? looked : { ...looked, level, since: looked.now };
}

function nextLevel({ steps, tuning }: RampPlan, { level, now, since }: RampState, seen: Seen): number {
  const next = steps[level + 1];
  if (next === undefined) return level;
  const certified = seen.certified.slice(0, steps.length);
  const missing = certified.indexOf(false);
  const passed = (missing < 0 ? certified.length : missing) - 1;
  const may = seen.suspicion < tuning.suspicionHoldsCertified && passed > level;
  const must = seen.suspicion < tuning.suspicionHolds && now - since >= next.cap;
  return may || must ? Math.max(passed, level + 1) : level;
}

function climb(plan: RampPlan, state: RampState, seen: Seen): RampStep {
  const { tuning } = plan;
  const last = state.level === plan.steps.length - 1;
  const dwell = state.now - state.since;
  const final = seen.certified[plan.steps.length] === true;
  const baked = dwell >= (final ? tuning.bake : tuning.bakeCap);
  if (last && baked && seen.suspicion < tuning.suspicionHolds) return promote(plan, state, seen);
  const base = Math.max(plan.steps[state.level]?.share ?? plan.firstShare, plan.firstShare);
  const overdue = last && dwell >= tuning.bake && !final;
  const doubtful = last && seen.suspicion >= tuning.suspicionAtLastStep;
  const wanted = overdue || doubtful ? Math.min(base, tuning.informative / 100) : base;
  return { state, share: careful(plan, state, seen, wanted), decision: "go on" };
}

function promote(plan: RampPlan, state: RampState, seen: Seen): RampStep {
  if (plan.holdBack === null) return { state: { ...state, phase: "done" }, share: 1, decision: "finish" };
  const held: RampState = { ...state, since: state.now, phase: "holding-back" };
  return { state: held, share: heldShare(plan, seen), decision: "promote" };
}

/** Most of the traffic, and always some for the stable group to compare with, until the time is over and nothing is in doubt. */
function keepHolding(plan: RampPlan, state: RampState, seen: Seen): RampStep {
  const { holdBack, tuning } = plan;
  const minutes = holdBack?.minutes ?? 0;
  const held = state.now - state.since;
  const calm = seen.doubt < tuning.suspicionHolds;
  if (held >= minutes && (calm || held >= minutes + tuning.holdBackDoubt)) {
    return { state: { ...state, phase: "done" }, share: 1, decision: "finish" };
  }
  return { state, share: heldShare(plan, seen), decision: "go on" };
}

function heldShare(plan: RampPlan, seen: Seen): number {
  const { suspicionWidens, suspicionHeldBack, informative } = plan.tuning;
  const back = (plan.holdBack?.share ?? 0) * (seen.doubt >= suspicionWidens ? 2 : 1);
  const most = seen.doubt >= suspicionHeldBack ? informative / 100 : 1;
  return affordable(plan, seen, Math.min(most, 1 - back));
}

/** No more than suspicion allows, but never less than the first share. */
function careful(plan: RampPlan, state: RampState, seen: Seen, wanted: number): number {
  const { suspicionShrinks, shrunk, informative } = plan.tuning;
  const limit = state.suspicious > plan.longSuspicion ? informative : shrunk;
  const most = seen.suspicion >= suspicionShrinks ? Math.max(plan.firstShare, limit / 100) : 1;
  return affordable(plan, seen, Math.min(wanted, most));
}

const affordable = (plan: RampPlan, { counts }: Seen, wanted: number) =>
  Math.max(SMALLEST_SHARE, Math.min(wanted, affordableShare(plan, counts)));

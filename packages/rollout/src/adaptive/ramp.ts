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
 * changes nothing, unless the evidence has come. While nothing is measured nothing moves up.
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
  return level === looked.level
    ? looked
    : { ...looked, level, since: looked.now, counted: seen.countedMinutes };
}

function nextLevel({ steps, tuning }: RampPlan, state: RampState, seen: Seen): number {
  const { level, now, since } = state;
  const next = steps[level + 1];
  if (next === undefined) return level;
  const certified = seen.certified.slice(0, steps.length);
  const missing = certified.indexOf(false);
  const passed = (missing < 0 ? certified.length : missing) - 1;
  const may = seen.suspicion < tuning.suspicionHoldsCertified && passed > level;
  const due = now - since >= next.cap && measuredSince(state, seen);
  const must = seen.suspicion < tuning.suspicionHolds && due;
  return may || must ? Math.max(passed, level + 1) : level;
}

const measuredSince = ({ counted }: RampState, { countedMinutes }: Seen) => countedMinutes > counted;

function climb(plan: RampPlan, state: RampState, seen: Seen): RampStep {
  const { tuning } = plan;
  const dwell = state.now - state.since;
  const final = seen.certified[plan.steps.length] === true;
  const baked = dwell >= (final ? tuning.bake : tuning.bakeCap) && measuredSince(state, seen);
  if (isLast(plan, state) && baked && seen.suspicion < tuning.suspicionHolds)
    return promote(plan, state, seen);
  const base = Math.max(plan.steps[state.level]?.share ?? plan.firstShare, plan.firstShare);
  const share = affordable(plan, seen, Math.min(base, mostInDoubt(plan, state, seen)));
  return { state, share, decision: "go on" };
}

const isLast = ({ steps }: RampPlan, { level }: RampState) => level === steps.length - 1;

/** No more than what is suspected allows, but never less than the first share. */
function mostInDoubt(plan: RampPlan, state: RampState, seen: Seen): number {
  const { suspicionShrinks, shrunk, informative, suspicionAtLastStep } = plan.tuning;
  const suspected = isLast(plan, state) ? seen.weighedSuspicion : seen.suspicion;
  if (suspected >= suspicionShrinks) {
    const limit = state.suspicious > plan.longSuspicion ? informative : shrunk;
    return Math.max(plan.firstShare, limit / 100);
  }
  return isLast(plan, state) && suspected >= suspicionAtLastStep ? informative / 100 : 1;
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
  const calm = seen.doubt < tuning.doubtProlongs;
  if (held >= minutes && (calm || held >= minutes + tuning.holdBackDoubt)) {
    return { state: { ...state, phase: "done" }, share: 1, decision: "finish" };
  }
  return { state, share: heldShare(plan, seen), decision: "go on" };
}

function heldShare(plan: RampPlan, seen: Seen): number {
  const { doubtWidens, doubtHeldBack, informative } = plan.tuning;
  const back = (plan.holdBack?.share ?? 0) * (seen.doubt >= doubtWidens ? 2 : 1);
  const most = seen.doubt >= doubtHeldBack ? informative / 100 : 1;
  return affordable(plan, seen, Math.min(most, 1 - back));
}

const affordable = (plan: RampPlan, { counts, countedMinutes }: Seen, wanted: number) =>
  Math.max(SMALLEST_SHARE, Math.min(wanted, affordableShare(plan, counts, countedMinutes)));

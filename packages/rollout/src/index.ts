export { formatOdds } from "@espalier/evidence";
export {
  type AdaptiveDecider,
  type AdaptiveRequest,
  type AdaptiveStep,
  adaptiveDecider,
} from "./adaptive/adaptive-decider.ts";
export { AdaptivePlan, planAdaptive } from "./adaptive/adaptive-plan.ts";
export { AdaptiveStrategy } from "./adaptive/adaptive-strategy.ts";
export { firstUnread } from "./adaptive/plan-rollout.ts";
export { Percentile, Thresholds, WantedThresholds, wantedThresholds } from "./adaptive/thresholds.ts";
export type { AlarmListeners, Alarms } from "./alarms.ts";
export type { Bus, Telling } from "./bus.ts";
export type {
  CandidateGroups,
  GroupOrder,
  MadeGroup,
  Specified,
  Target,
  TargetType,
} from "./candidate-groups.ts";
export { type Choice, type Chosen, chooseGroup } from "./choose-group.ts";
export { Command, CommandRequest, CommandType, commandDetailTypes } from "./command.ts";
export { decide } from "./decide.ts";
export { describeIssues, wantedFields } from "./describe-issues.ts";
export {
  CandidateNotReady,
  CandidateRefused,
  errorNames,
  NotApplied,
  Superseded,
  Unavailable,
} from "./errors.ts";
export { evolve, replay, unknownRollout } from "./evolve.ts";
export type { Executions, Waker } from "./executions.ts";
export { Forwarding, type Pair, Place, placeName, WeightedGroup, weightOf } from "./forwarding.ts";
export type { FunctionDirectory } from "./function-directory.ts";
export { giveUp } from "./give-up.ts";
export { Commit, Meta, type Stored } from "./history.ts";
export { fromMillis, Instant, toMillis } from "./instant.ts";
export { look, nextLook, noteShift } from "./look.ts";
export type { Metrics } from "./metrics.ts";
export { ALL, type NextStep, nextStep } from "./next-step.ts";
export { planRestore, planShift, type Shift, type ShiftPlan } from "./plan-shift.ts";
export { actionsOf, largestGroup, type Prospect, readinessProblems } from "./readiness.ts";
export type { Admitted, Ending, Held, Phase, Rollout, Watch } from "./rollout.ts";
export {
  detailTypeOf,
  Named,
  Outcome,
  RolloutEvent,
  RolloutRefused,
  RolloutStarted,
} from "./rollout-event.ts";
export { Reason, RequestedBy, RolloutId, RolloutRequest } from "./rollout-request.ts";
export type { Receipt, RolloutStore } from "./rollout-store.ts";
export { Lock, type ServiceLocks } from "./service-locks.ts";
export { type ServiceQueue, Waiting } from "./service-queue.ts";
export { settle } from "./settle.ts";
export { type OwnWeights, ownWeightsAt, ownWeightsIn, shareIn, shareProblem } from "./share.ts";
export { ShiftOutcome } from "./shift-outcome.ts";
export { dueSnapshot, lastSeq, type Recent, Snapshot, stateOf, unanswered } from "./snapshot.ts";
export { Canary, CanaryStep, Strategy } from "./strategy.ts";
export { RolloutSummary, summary } from "./summary.ts";
export { type TableKey, table } from "./table.ts";
export type { Directory, Found, TargetGroup, TrafficRouter } from "./traffic-router.ts";
export { Weight } from "./weight.ts";

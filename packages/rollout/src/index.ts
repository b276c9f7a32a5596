export { formatOdds } from "@espalier/evidence";
export {
  type AdaptiveDecider,
  type AdaptiveStep,
  adaptiveDecider,
} from "./adaptive/adaptive-decider.ts";
export { type AdaptiveRequest, planAdaptive } from "./adaptive/adaptive-plan.ts";
export { AdaptiveStrategy } from "./adaptive/adaptive-strategy.ts";
export { adoptedActions } from "./adopt.ts";
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
export { AlarmState, Command, CommandRequest, CommandType, commandDetailTypes } from "./command.ts";
export { type Deadline, deadlineOf } from "./deadlines/deadline-of.ts";
export { plannedMinutes } from "./deadlines/planned-minutes.ts";
export { decide } from "./decide.ts";
export {
  CandidateNotReady,
  CandidateRefused,
  errorNames,
  NotApplied,
  Superseded,
  Unavailable,
} from "./errors.ts";
export { evolve, replay, unknownRollout } from "./evolve/evolve.ts";
export type { Executions, Waker } from "./executions.ts";
export { Forwarding, type Pair, Place, placeName, WeightedGroup, weightOf } from "./forwarding.ts";
export { FreezeRequest, Frozen } from "./frozen.ts";
export type { FunctionDirectory } from "./function-directory.ts";
export { grows } from "./gates/grows.ts";
export { growthHeld } from "./gates/growth.ts";
export { windowsAt } from "./gates/windows.ts";
export { giveUp } from "./give-up.ts";
export { Commit, Meta, type Stored } from "./history.ts";
export { idleFrom } from "./idle-from.ts";
export { fromMillis, Instant, toMillis } from "./instant.ts";
export { Level } from "./level.ts";
export { look, nextLook, takeTurn } from "./look.ts";
export type { MetricCatalogue } from "./metric-catalogue.ts";
export type { Metrics } from "./metrics.ts";
export { type NextStep, nextStep } from "./next-step.ts";
export { overruledWeights } from "./overruled-weights.ts";
export { historyMinutes } from "./plan/history-minutes.ts";
export { firstUnread } from "./plan/plan-rollout.ts";
export { RolloutPlan } from "./plan/rollout-plan.ts";
export { Percentile, Thresholds, WantedThresholds, wantedThresholds } from "./plan/thresholds.ts";
export { planRestore, planShift, planTakeBack, type Shift, type ShiftPlan } from "./plan-shift.ts";
export type { Freezes } from "./ports/freezes.ts";
export type { AskHook, HookQuestion } from "./ports/hooks.ts";
export type { MatchRule, MatchRules } from "./ports/match-rules.ts";
export type { MetricQueries } from "./ports/metric-queries.ts";
export { queuedUntil } from "./queued-until.ts";
export { actionsOf, largestGroup, type Prospect, readinessProblems } from "./readiness.ts";
export { askedBy, presentWeight } from "./reasons.ts";
export { Candidate, CandidateTargets, candidateKind, candidateName } from "./request/candidate.ts";
export { describeIssues, wantedFields } from "./request/describe-issues.ts";
export { Hook, HookAnswer, HookOutcome, type HookPoint, StepHook } from "./request/hook.ts";
export { Deadlines, Objective, Unreadable } from "./request/limits.ts";
export {
  isCompared,
  isRatio,
  isThreshold,
  Metric,
  Metrics as MetricsAsked,
  RatioMetric,
  ServedMetric,
  ThresholdMetric,
} from "./request/metric.ts";
export { Query, queryFor } from "./request/query.ts";
export { Reason, RequestedBy, RolloutId } from "./request/reference.ts";
export { RolloutRequest } from "./request/rollout-request.ts";
export { Window } from "./request/window.ts";
export type { Admitted, Ending, Held, Judging, Phase, Rollout, Watch } from "./rollout.ts";
export {
  detailTypeOf,
  Named,
  Outcome,
  RolloutEvent,
  RolloutQueued,
  RolloutRefused,
  RolloutStarted,
} from "./rollout-event.ts";
export type { Receipt, RolloutStore } from "./rollout-store.ts";
export { Seen, type Sighting } from "./seen.ts";
export { Lock, type ServiceLocks } from "./service-locks.ts";
export { type ServiceQueue, Waiting } from "./service-queue.ts";
export { settle } from "./settle.ts";
export { type OwnWeights, ownWeightsAt, ownWeightsIn, shareIn, shareProblem } from "./share.ts";
export { ShiftOutcome } from "./shift-outcome.ts";
export { dueSnapshot, lastSeq, type Recent, Snapshot, stateOf, unanswered } from "./snapshot.ts";
export { describeMatch, isSameMatch, Match } from "./strategy/match.ts";
export { MATCH_PREFIX, matchName, usesMatch } from "./strategy/match-name.ts";
export { Approval, Step } from "./strategy/step.ts";
export { endOf, type SteppedStrategy, stepsOf } from "./strategy/steps-of.ts";
export { BlueGreen, Canary, Header, Linear, ShiftTo, Strategy } from "./strategy/strategy.ts";
export { RolloutSummary, summary } from "./summary.ts";
export { type TableKey, table } from "./table.ts";
export type { Directory, Found, TargetGroup, TrafficRouter } from "./traffic-router.ts";
export { type Undo, undoId, undoOf } from "./undo.ts";
export { movedOn, UndoRequest } from "./undo-request.ts";
export { type Awaited, waitingFor } from "./waiting-for.ts";
export { ALL, Weight } from "./weight.ts";

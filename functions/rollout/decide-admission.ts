import {
  askedBy,
  type Command,
  candidateName,
  fromMillis,
  type Instant,
  type Named,
  queuedUntil,
  type RolloutEvent,
  type RolloutQueued,
  type RolloutRequest,
  toMillis,
} from "@espalier/rollout";
import { type AskedRollout, askedFor } from "./asked-rollout.ts";
import { checkGates, type GateSources } from "./check-gates.ts";
import { type Checked, checkRequest, type Prospective, type Sources, serviceOf } from "./check-request.ts";
import { foreignFunctions } from "./foreign-functions.ts";
import type { GroupOrder } from "./group-order.ts";
import { causeOf, isPending, type Preparation } from "./preparation.ts";
import { type Turns, takeTurn } from "./take-turn.ts";

/** What deciding on a request needs. Nothing but the lock and a place in the queue is written. */
export interface Deciding extends Sources, GateSources, Turns {}

/** A request on which nothing is decided yet, or that waits for its service since it was `queued`. */
export interface Case {
  readonly asked: AskedRollout;
  readonly execution: string;
  readonly at: Instant;
  readonly prepared: Preparation | undefined;
  readonly queued: RolloutQueued | undefined;
  readonly commands: readonly Command[];
}

/** What a request comes to: events for its history, a group to be prepared first, or a wait. */
export type AdmissionDecision =
  | { readonly type: "commit"; readonly events: readonly RolloutEvent[] }
  | { readonly type: "prepare"; readonly order: GroupOrder; readonly until: Instant }
  | { readonly type: "wait"; readonly until: Instant }
  | { readonly type: "duplicate" };

/**
 * Decides on a request. It is checked before anything is taken for it, and once more under the lock, since what it stands on may
 * have changed until then.
 */
export async function decideAdmission(deciding: Deciding, one: Case): Promise<AdmissionDecision> {
  const { asked, execution, at, prepared, queued, commands } = one;
  if (asked.type === "unreadable") return refusal(one, asked.problems);
  const abort = commands.find(({ type }) => type === "abort");
  if (abort !== undefined) return refusal(one, [askedBy("aborted while it waited", abort)]);
  if (commands.length > 0)
    return { type: "commit", events: commands.map((command) => declined(command, at)) };
  const { request } = asked;
  if (prepared !== undefined && "error" in prepared && !isPending(prepared)) {
    const candidate = candidateName(request.candidate);
    return refusal(one, [`candidate ${candidate} could not be had: ${causeOf(prepared)}`]);
  }
  const service = await serviceOf(deciding.directory, request.service);
  if (!("arn" in service)) return refusal(one, service);
  const until = queued && queuedUntil(queued);
  if (until !== undefined && toMillis(at) >= toMillis(until)) return refusal(one, [tooLong(one, request)]);
  const problems = await problemsBefore(deciding, one, asked, service);
  if (problems.length > 0) return refusal(one, problems);
  const turn = await takeTurn(deciding, { id: asked.id, execution, at, service, request });
  if (turn.type === "duplicate") return turn;
  if (turn.type === "ours") return underLock(deciding, one, asked, service);
  if (until !== undefined) return { type: "wait", until };
  return request.whenLocked === "refuse"
    ? refusal(one, [`${turn.reason}; wait for it to end, or abort it`])
    : { type: "commit", events: [waiting(one, request, service, turn.reason)] };
}

type Asked = Extract<AskedRollout, { type: "asked" }>;

/** What speaks against a request that nothing was taken for yet, as far as that can be known beside whoever holds the service. */
async function problemsBefore(
  deciding: Deciding,
  { execution, queued, at, prepared }: Case,
  asked: Asked,
  service: Named,
): Promise<readonly string[]> {
  const holder = await deciding.locks.read(service.arn);
  const { whenLocked } = asked.request;
  if (queued !== undefined || holder?.owner === execution) return [];
  if (holder !== undefined && whenLocked === "refuse") return [];
  const moving = holder !== undefined && whenLocked === "queue";
  const found = await lookAt(deciding, service, { ...asked, prepared: groupIn(prepared), moving }, at);
  return found.type === "problems" ? found.problems : [];
}

async function underLock(
  deciding: Deciding,
  one: Case,
  asked: Asked,
  service: Named,
): Promise<AdmissionDecision> {
  const prospective = { ...asked, prepared: groupIn(one.prepared), moving: false };
  const found = await lookAt(deciding, service, prospective, one.at);
  switch (found.type) {
    case "problems":
      return refusal(one, found.problems);
    case "to-prepare":
      // A history to look at, and an inbox to abort it by, while it may take minutes.
      return one.queued?.reason === PREPARING
        ? { type: "prepare", order: found.order, until: nextTry(one.queued, one.at) }
        : { type: "commit", events: [waiting(one, asked.request, service, PREPARING)] };
    case "ready":
      return { type: "commit", events: [found.started] };
  }
}

const PREPARING = "its candidate gets a target group, which has to become active and healthy";

// A group is made within seconds; the targets of one that is not there after minutes take their time.
const LEAST_PAUSE_MS = 5_000;

/** When a candidate that is not ready is looked after again: after a quarter of the time that it has taken already. */
function nextTry(queued: RolloutQueued, at: Instant): Instant {
  const pause = Math.max(LEAST_PAUSE_MS, (toMillis(at) - toMillis(queued.at)) / 4);
  return fromMillis(Math.min(toMillis(at) + pause, toMillis(queuedUntil(queued))));
}

function tooLong({ queued, prepared }: Case, { deadlines, candidate }: RolloutRequest): string {
  const minutes = `${deadlines.waitingMinutes} min`;
  if (prepared !== undefined && "error" in prepared)
    return `candidate ${candidateName(candidate)} was not ready within ${minutes}: ${causeOf(prepared)}`;
  return `waited ${minutes} for its turn, and no longer; ${queued?.reason}`;
}

const groupIn = (prepared: Preparation | undefined) =>
  prepared !== undefined && "group" in prepared ? prepared.group : undefined;

/** Looks at the request and at its gates. */
async function lookAt(
  deciding: Deciding,
  service: Named,
  prospective: Prospective,
  at: Instant,
): Promise<Checked> {
  const foreign = foreignFunctions(prospective.request, service);
  // Asking for them would be denied.
  if (foreign.length > 0) return { type: "problems", problems: foreign };
  const checked = await checkRequest(deciding, service, prospective, at);
  if (checked.type === "problems") return checked;
  const { problems, notes } = await checkGates(deciding, prospective.request, checked.arms, at);
  if (problems.length > 0) return { type: "problems", problems };
  return checked.type === "ready" ? { ...checked, started: { ...checked.started, notes } } : checked;
}

function refusal({ asked, at }: Case, problems: readonly string[]): AdmissionDecision {
  return {
    type: "commit",
    events: [{ type: "rollout-refused", at, id: asked.id, ...askedFor(asked), problems: [...problems] }],
  };
}

function waiting(
  { asked, at }: Case,
  request: RolloutRequest,
  { name }: Named,
  reason: string,
): RolloutQueued {
  const candidate = candidateName(request.candidate);
  return { type: "rollout-queued", at, id: asked.id, service: name, candidate, request, reason };
}

function declined({ id, type }: Command, at: Instant): RolloutEvent {
  const reason = "the rollout waits for its service; abort it, or wait";
  return { type: "command-declined", at, command: type, commandId: id, reason };
}

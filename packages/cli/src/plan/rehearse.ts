import {
  type Admitted,
  type Command,
  candidateKind,
  candidateName,
  evolve,
  fromMillis,
  type Instant,
  nextStep,
  type Rollout,
  type RolloutEvent,
  type RolloutRequest,
  type Sighting,
  settle,
  takeTurn,
  toMillis,
  unknownRollout,
} from "@espalier/rollout";

/** A rollout as it will be if everybody approves at once and every hook says go. */
export interface Rehearsal {
  readonly events: readonly RolloutEvent[];
  /** The states in which the workflow stops by, from the first one to its end. */
  readonly stops: readonly string[];
}

/** A shift, and what else is done rather than waited for, takes about this long. */
const DOING_MS = 2_000;

/** The workflow looks again after this long, whatever it waits for. */
const LONGEST_WAIT_MS = 15 * 60_000;

/** More looks than any rollout may take: a month of minutes, and shifts. */
const MOST_TURNS = 100_000;

/** Has the engine itself live through a rollout that is asked for at `at` and sees these metrics. Pure: nothing is asked for. */
export function rehearse(
  request: RolloutRequest,
  at: Instant,
  metricsOf: (rollout: Admitted, at: Instant) => Sighting,
): Rehearsal {
  const events: RolloutEvent[] = [];
  const made = candidateKind(request.candidate) !== "target-group";
  // A group that is made is never ready at once.
  const stops = [
    "Begin",
    "Admit",
    ...(made ? ["PrepareCandidate", "AwaitAdmission", "PrepareCandidate"] : []),
  ];
  let rollout: Rollout = unknownRollout;
  let answers: Sighting = {};
  let commands: readonly Command[] = [];
  let now = at;
  const happen = (more: readonly RolloutEvent[]) => {
    events.push(...more);
    rollout = more.reduce(evolve, rollout);
  };
  happen([started(request, at)]);
  for (let turn = 0; turn < MOST_TURNS && rollout.status === "admitted"; turn += 1) {
    stops.push("Decide");
    const seen = { ...metricsOf(rollout, now), ...answers };
    happen(takeTurn(rollout, commands, seen, now));
    [answers, commands] = [{}, approvals(rollout, now)];
    const next = nextStep(rollout, now);
    switch (next.type) {
      case "wait":
        stops.push("Wait");
        now = commands.length > 0 ? later(now) : waited(now, next.until);
        break;
      case "shift":
        stops.push("ShiftWeights");
        answers = { shift: { type: "shifted", order: next.order, weight: next.weight } };
        now = later(now);
        break;
      case "run-hook":
        stops.push("RunHook");
        answers = { hook: { attempt: next.attempt, answer: "go", reason: "" } };
        now = later(now);
        break;
      case "roll-back":
        stops.push("RollBack", "Settle", "Settled");
        happen([{ type: "weights-restored", at: now, warnings: [] }]);
        happen(settle(rollout, [], now));
        return { events, stops };
      case "settle":
        stops.push("Settle", "Settled");
        happen(settle(rollout, [], now));
        return { events, stops };
    }
  }
  throw new Error("the rehearsed rollout does not come to an end");
}

const later = (at: Instant): Instant => fromMillis(toMillis(at) + DOING_MS);

const waited = (at: Instant, until: Instant): Instant =>
  fromMillis(Math.min(toMillis(until), toMillis(at) + LONGEST_WAIT_MS));

function approvals(rollout: Rollout, at: Instant): Command[] {
  const awaited = rollout.status === "admitted" && rollout.phase.type === "approving";
  return awaited ? [{ id: `approval at ${at}`, type: "approve", at }] : [];
}

function started(request: RolloutRequest, at: Instant): RolloutEvent {
  const candidate = named(candidateName(request.candidate));
  const stable = named(request.stable ?? "the stable group");
  const place = { type: "default-action", listener: "any" } as const;
  return {
    type: "rollout-started",
    at,
    id: request.id ?? "rehearsal",
    request,
    ...{ service: named(request.service), candidate, stable },
    actions: [{ place, groups: [{ id: stable.id, weight: 100 }] }],
    made: false,
    notes: [],
    ...(request.requestedBy === undefined ? {} : { by: request.requestedBy }),
    ...(request.reason === undefined ? {} : { why: request.reason }),
  };
}

const named = (name: string) => ({ id: name, arn: name, name });

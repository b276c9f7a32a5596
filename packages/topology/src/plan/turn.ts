import * as z from "zod";
import type { Problem } from "../problem.ts";
import { type Change, ReadyChange } from "./change.ts";
import type { Plan } from "./plan.ts";

const step = { address: z.string(), verb: ReadyChange.shape.verb, sentence: z.string() };

/**
 * What came of one change. `stale`: Lattice had changed since the plan, nothing was written. `left`: the service is locked
 * by a rollout or another apply, named in `by`. `failed`: the error's name and message.
 */
export const Attempt = z.discriminatedUnion("outcome", [
  z.strictObject({ outcome: z.literal("made"), ...step }),
  z.strictObject({ outcome: z.literal("stale"), ...step }),
  z.strictObject({ outcome: z.literal("left"), ...step, by: z.string() }),
  z.strictObject({ outcome: z.literal("failed"), ...step, error: z.string(), cause: z.string() }),
]);
export type Attempt = z.infer<typeof Attempt>;

const Told = z.strictObject({ address: z.string(), sentence: z.string() });

/** What an apply did and did not do. */
export const Report = z.strictObject({
  created: z.int(),
  updated: z.int(),
  replaced: z.int(),
  deleted: z.int(),
  unchanged: z.int(),
  changes: z.array(z.strictObject(step)),
  /** Held by a rollout or another apply, and what needs that. */
  left: z.array(Told),
  /** Failed, and what was not tried because of that. */
  failures: z.array(Told),
});
export type Report = z.infer<typeof Report>;

/** What the workflow does next. */
export type Turn =
  | { readonly next: "apply"; readonly changes: readonly ReadyChange[] }
  | { readonly next: "wait" }
  | { readonly next: "refuse"; readonly problems: readonly Problem[] }
  | { readonly next: "settle"; readonly report: Report };

/**
 * Changes handed out in one turn: what comes of them is written down together, in one item of a table, and shown only then. Few
 * where few are left, so that it is seen to go on; many where there are many, since each turn plans anew.
 */
const mostAtOnce = 25;
const atOnce = (changes: number) => Math.min(mostAtOnce, Math.max(4, Math.ceil(changes / 8)));

/** Lattice's slowest life cycle takes minutes; who waits longer waits in vain. */
const patienceMs = 60 * 60_000;

/**
 * The next turn of an apply, from the plan as it is now, what was attempted in this run, and AWS time. A change that
 * failed or was left is not tried again; it counts only where it is still to be made.
 */
export function nextTurn(plan: Plan, attempts: readonly Attempt[], elapsedMs: number): Turn {
  const problems = plan.changes.flatMap((change) =>
    change.state === "refused" ? [{ place: change.address, message: change.sentence }] : [],
  );
  if (attempts.length === 0 && problems.length > 0) return { next: "refuse", problems };
  const before = Map.groupBy(attempts, ({ address }) => address);
  const patient = elapsedMs < patienceMs;
  const changes = plan.changes.flatMap((change) =>
    change.state === "ready" && mayTry(change, before.get(change.address) ?? []) ? [change] : [],
  );
  if (patient && changes.length > 0)
    return { next: "apply", changes: changes.slice(0, atOnce(changes.length)) };
  if (patient && plan.changes.some(({ state }) => state === "underway")) return { next: "wait" };
  return { next: "settle", report: reportOf(plan, attempts) };
}

/** Whether an attempt failed for a reason that may pass: throttling, and faults of Lattice's own. */
export const isPassing = (attempt: Attempt): boolean =>
  attempt.outcome === "failed" && attempt.error === "Unavailable";

/** What was made this often and is still to be made never will be: Lattice shows something else than was written. */
const tries = 3;

/** Throttling that lasts this long is no burst. */
const patientTries = 8;

/** `before` are the attempts at the same address. */
function mayTry(change: ReadyChange, before: readonly Attempt[]): boolean {
  const lasting = before.filter((attempt) => !isPassing(attempt));
  return (
    before.length - lasting.length < patientTries &&
    !lasting.some(({ outcome }) => outcome === "failed" || outcome === "left") &&
    lasting.filter(({ sentence }) => sentence === change.sentence).length < tries
  );
}

/** What a run has done and not done, by the plan as it is now. */
export function reportOf(plan: Plan, attempts: readonly Attempt[]): Report {
  const made = attempts.filter(({ outcome }) => outcome === "made");
  const replaced = new Set(made.filter(({ verb }) => verb === "replace").map(({ address }) => address));
  const whole = made.filter(({ address, verb }) => verb !== "create" || !replaced.has(address));
  // Of several steps of one change the last one is told.
  const changes = [...new Map(whole.map((step) => [`${step.verb} ${step.address}`, step])).values()];
  const count = (verb: string) => changes.filter((change) => change.verb === verb).length;
  const touched = new Set(made.map(({ address }) => address));
  const open = new Map(
    plan.changes.flatMap((change) => (change.state === "unchanged" ? [] : [[change.address, change]])),
  );
  const failed = new Map(
    attempts.flatMap((attempt) => (attempt.outcome === "failed" ? [[attempt.address, attempt]] : [])),
  );
  const left = leftOf(open, attempts);
  return {
    created: count("create"),
    updated: count("update"),
    replaced: count("replace"),
    deleted: count("delete"),
    unchanged: plan.changes.filter(({ state, address }) => state === "unchanged" && !touched.has(address))
      .length,
    changes: changes.map(({ address, verb, sentence }) => ({ address, verb, sentence })),
    left: [...open.values()].flatMap(({ address, sentence }) => {
      const why = left.get(address);
      return why === undefined ? [] : [{ address, sentence: `${sentence}: left alone, ${why}` }];
    }),
    failures: [...open.values()]
      .filter(({ address }) => !left.has(address))
      .map((change) => ({
        address: change.address,
        sentence: whyOpen(change, failed.get(change.address)),
      })),
  };
}

/** Why what is open was left alone, by its address: it is held, or it needs that and nothing else that is open. */
function leftOf(open: ReadonlyMap<string, Change>, attempts: readonly Attempt[]): Map<string, string> {
  const left = new Map(
    attempts.flatMap((attempt) =>
      attempt.outcome === "left" && open.has(attempt.address) ? [[attempt.address, attempt.by]] : [],
    ),
  );
  for (let before = -1; before < left.size; ) {
    before = left.size;
    for (const change of open.values()) {
      if (change.state !== "blocked" || left.has(change.address)) continue;
      const needed = change.after.filter((address) => open.has(address));
      if (needed.length > 0 && needed.every((address) => left.has(address)))
        left.set(change.address, `since it needs ${needed.join(", ")}`);
    }
  }
  return left;
}

function whyOpen(change: Change, failed: Extract<Attempt, { outcome: "failed" }> | undefined): string {
  if (failed) return `${failed.sentence}: ${failed.error}: ${failed.cause}`;
  switch (change.state) {
    case "blocked":
      return `${change.sentence}: not tried, since it needs ${change.after.join(", ")}`;
    case "refused":
      return `${change.address} ${change.sentence}`;
    case "ready":
      return `${change.sentence}: Lattice took it and does not show it`;
    default:
      return `${change.sentence}: not finished in time`;
  }
}

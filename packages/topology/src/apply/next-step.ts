import type { Plan } from "../plan/plan.ts";
import { plan } from "../plan/plan.ts";
import { nextTurn, type Turn } from "../plan/turn.ts";
import type { RunRequest } from "../run-request.ts";
import type { Progress } from "./run-entry.ts";
import type { Showing } from "./runs.ts";

/** What a run does next. `read`: what exists turned out to be other than known. */
export type NextStep = Turn | { readonly next: "read" };

/** How often what exists is read again because Lattice contradicted what was known of it. */
const rereads = 3;

/** Whether what exists has to be read: at the beginning, and where Lattice contradicted what was known of it. */
export const mustRead = ({ reads, doubtful }: Progress): boolean =>
  reads === 0 || (doubtful && reads <= rereads);

/** The plan of a run as far as it has come. */
export const planOf = ({ document, ...request }: RunRequest, { existing }: Progress): Plan =>
  plan(document, existing, request.type === "apply" ? request.adopt : []);

/** What comes next, by the plan of its progress and AWS time since it began. */
export function nextStep(planned: Plan, progress: Progress, elapsedMs: number): NextStep {
  if (mustRead(progress)) return { next: "read" };
  return nextTurn(planned, progress.attempts, elapsedMs);
}

/** Things shown of what Lattice is at. */
const shown = 20;

/** What to show of a plan. */
export function showing({ changes }: Plan): Pick<Showing, "underway" | "open"> {
  const underway = changes.flatMap((change) => (change.state === "underway" ? [change.sentence] : []));
  const open = changes.filter(({ state }) => state === "ready" || state === "blocked").length;
  return { underway: underway.slice(0, shown), open: open + underway.length };
}

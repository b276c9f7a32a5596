import { type Admitted, describeMatch, endOf, type Phase, type Step, stepsOf } from "@espalier/rollout";
import colors from "picocolors";
import { percent } from "./numbers.ts";

/** What a rollout has done, does and will do, in a line; undefined where there is no way on: it goes back, or has ended otherwise. */
export function stepsLine(rollout: Admitted, columns: number): string | undefined {
  const labels = labelsOf(rollout);
  const present = presentOf(rollout, labels.length - 1);
  if (present === undefined || labels.length === 0) return undefined;
  const [first, last] = shown(labels, present, columns - 4);
  const marked = labels
    .slice(first, last + 1)
    .map((label, k) => mark(label, first + k - present, rollout.phase));
  return `  ${first > 0 ? "… " : ""}${marked.join("  ")}${last < labels.length - 1 ? " …" : ""}`;
}

function labelsOf({ request, judging }: Admitted): string[] {
  const { strategy } = request;
  if (strategy.type !== "adaptive") return [...stepsOf(strategy).map(labelOf), ends[endOf(strategy)]];
  const ramp = judging?.plan.ramp;
  if (!ramp) return [];
  return [
    ...[ramp.firstShare, ...ramp.steps.map(({ share }) => share)].map((share) => percent(100 * share)),
    ends.promote,
  ];
}

const ends = { promote: "promote", stay: "stay", "go-back": "back" } as const;

function labelOf({ weight, match, approval, hook }: Step): string {
  const parts = [
    weight === undefined ? undefined : percent(weight),
    match && describeMatch(match),
    approval && "approval",
    hook && "hook",
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? "watch" : parts.join(" + ");
}

/** The number of the step that the rollout is at, `end` for what follows the last one. */
function presentOf({ phase, judging }: Admitted, end: number): number | undefined {
  const held = phase.type === "paused" ? phase.held : phase;
  switch (held.type) {
    case "starting":
      return 0;
    case "promoting":
    case "staying":
    case "returning":
      return end;
    case "settled":
      return held.ending === "rolled-back" || held.ending === "stopped" ? undefined : end;
    case "rolling-back":
    case "stopping":
      return undefined;
    default:
      return judging?.ramp ? judging.ramp.state.level + 1 : held.step;
  }
}

function mark(label: string, ahead: number, phase: Phase): string {
  if (ahead < 0 || phase.type === "settled") return colors.green(`✔ ${label}`);
  return ahead === 0 ? colors.cyan(`▶ ${label}`) : colors.dim(`· ${label}`);
}

/** The first and the last label that fit beside the present one: one that is done, the others ahead. */
function shown(labels: readonly string[], present: number, room: number): [number, number] {
  const width = (label: string | undefined) => (label?.length ?? 0) + 4;
  const total = labels.reduce((sum, label) => sum + width(label), 0);
  if (total <= room) return [0, labels.length - 1];
  let [first, last] = [Math.max(0, present - 1), present];
  let used = labels.slice(first, last + 1).reduce((sum, label) => sum + width(label), 4);
  while (last + 1 < labels.length && used + width(labels[last + 1]) <= room) {
    last += 1;
    used += width(labels[last]);
  }
  while (first > 0 && used + width(labels[first - 1]) <= room) {
    first -= 1;
    used += width(labels[first]);
  }
  return [first, last];
}

import { type Problem, sentenceOf, type TopologyRun } from "@espalier/topology";
import { ExitCode } from "../../fail.ts";
import { marks } from "./marks.ts";

/** What a run did, for people. `source` is what its document is called. */
export function describeRun(run: TopologyRun, source: string): string[] {
  if (!("report" in run)) return outcomeLines(run, source);
  const { changes } = run.report;
  return [...changes.map(({ verb, sentence }) => `${marks[verb]} ${sentence}`), ...outcomeLines(run, source)];
}

/** The same without the changes that were made, for whoever has seen them being made. `told` says where a problem is. */
export function outcomeLines(
  run: TopologyRun,
  source: string,
  told: (problem: Problem) => string = (problem) => sentenceOf(source, problem),
): string[] {
  switch (run.status) {
    case "refused":
      return [
        `${source} was refused; nothing was changed`,
        ...run.problems.map((line) => placed(line, told)),
      ];
    case "broken":
      return [`the run of ${run.name || source} broke off: ${run.error}: ${run.cause}`, goesOn];
    default: {
      const { left, failures } = run.report;
      return [
        ...left.map(({ sentence }) => `  ${sentence}`),
        ...failures.map(({ sentence }) => `! ${sentence}`),
        `${run.name} ${words[run.type][run.status]}: ${counts(run.report)}`,
        ...(failures.length > 0 || left.length > 0 ? [goesOn] : []),
      ];
    }
  }
}

/** A problem as the workflow tells it, `document: services.order is taken`, with the name of the document or its place in the file. */
function placed(line: string, told: (problem: Problem) => string): string {
  const [, place, message] = /^document: (\S+) (.+)$/s.exec(line) ?? [];
  return place !== undefined && message !== undefined ? told({ place, message }) : line;
}

const words = {
  apply: { applied: "applied", failed: "failed" },
  destroy: { applied: "destroyed", failed: "is not destroyed" },
} as const;

const goesOn = "running it again goes on";

type Report = Extract<TopologyRun, { report: unknown }>["report"];

function counts({ created, updated, replaced, deleted, unchanged, left, failures }: Report): string {
  const parts: [number, string][] = [
    [created, "created"],
    [updated, "updated"],
    [replaced, "replaced"],
    [deleted, "deleted"],
    [unchanged, "unchanged"],
    [left.length, "left alone"],
    [failures.length, "not done"],
  ];
  const told = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return told.length > 0 ? told.join(", ") : "nothing to do";
}

/** What the command ends with: where nothing but what a rollout holds is not done, that it is not done yet. */
export function exitCodeOf(run: TopologyRun): number {
  if (run.status === "refused") return ExitCode.refused;
  if (run.status === "broken" || run.report.failures.length > 0) return ExitCode.failed;
  return run.report.left.length > 0 ? ExitCode.notYet : ExitCode.done;
}

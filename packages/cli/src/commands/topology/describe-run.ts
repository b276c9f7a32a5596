import type { TopologyRun } from "@espalier/topology";
import { ExitCode } from "../../fail.ts";
import { marks } from "./marks.ts";

/** What an apply did, for people. `source` is what its document is called. */
export function describeRun(run: TopologyRun, source: string): string[] {
  switch (run.status) {
    case "refused":
      return [`${source} was refused; nothing was changed`, ...run.problems];
    case "broken":
      return [
        `the apply of ${run.name || source} broke off: ${run.error}: ${run.cause}`,
        "running it again goes on",
      ];
    default: {
      const { changes, left, failures } = run.report;
      return [
        ...changes.map(({ verb, sentence }) => `${marks[verb]} ${sentence}`),
        ...left.map(({ sentence }) => `  ${sentence}`),
        ...failures.map(({ sentence }) => `! ${sentence}`),
        `${run.name} ${run.status}: ${counts(run.report)}`,
        ...(failures.length > 0 ? ["running it again goes on"] : []),
      ];
    }
  }
}

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

/** What the command ends with. */
export function exitCodeOf({ status }: TopologyRun): number {
  return {
    applied: ExitCode.done,
    refused: ExitCode.refused,
    failed: ExitCode.failed,
    broken: ExitCode.failed,
  }[status];
}

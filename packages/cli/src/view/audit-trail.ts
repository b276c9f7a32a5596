import type { Command, Commit, Meta, RolloutEvent } from "@espalier/rollout";
import { eventLine } from "./event-line.ts";
import { table } from "./table.ts";

/** One line of the audit trail: when, who, and what was asked for or done. `who` is `espalier` where nobody asked. */
export interface Entry {
  readonly at: string;
  readonly who: string;
  readonly what: string;
  readonly why?: string | undefined;
}

/** Everything that was asked of a rollout and everything it did, in order: each command stands before what answers it. */
export function auditTrail(meta: Meta | undefined, commits: readonly Commit[]): Entry[] {
  const inbox = meta?.inbox ?? [];
  const answered = new Set(commits.flatMap(({ commandIds }) => commandIds));
  const answers = commits.flatMap(({ commandIds, events }) => [
    ...inbox.filter(({ id }) => commandIds.includes(id)).map(asked),
    ...events.flatMap(done),
  ]);
  return [...answers, ...inbox.filter(({ id }) => !answered.has(id)).map(asked)];
}

/** The trail as a table for people, its times in full. */
export function auditTable(trail: readonly Entry[]): string {
  const rows = trail.map(({ at, who, what, why }) => [
    at.replace("T", " ").replace(/\.\d+Z$/, "Z"),
    who,
    why === undefined ? what : `${what}: ${why}`,
  ]);
  return table(["when", "who", "what"], rows);
}

function asked(command: Command): Entry {
  const { at, by = "unnamed", why } = command;
  if (command.type !== "alarm") return { at, who: by, what: `asks to ${command.type}`, why };
  return { at, who: "CloudWatch", what: `says that the alarm ${command.name} is ${command.state}` };
}

function done(event: RolloutEvent): Entry[] {
  if (event.type === "rollout-started") {
    const { at, by = "unnamed", why, service, stable, candidate } = event;
    const what = `asks for a rollout of ${service.name} from ${stable.name} to ${candidate.name}`;
    return [{ at, who: by, what, why }];
  }
  const what = eventLine(event);
  return what === undefined ? [] : [{ at: event.at, who: "espalier", what }];
}

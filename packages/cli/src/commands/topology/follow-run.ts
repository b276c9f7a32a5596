import { setTimeout as pause } from "node:timers/promises";
import type { TopologyRun } from "@espalier/topology";
import { ExitCode, UserError } from "../../fail.ts";
import type { RunChapter, TopologiesTable } from "../../topologies-table.ts";
import type { Live } from "../../view/live.ts";
import { doneLine, underwayLines } from "./run-lines.ts";

/** How often a run is looked at, and how long it may stay unheard of or without an end, in milliseconds of wall time. */
const EVERY_MS = 400;
const BEGIN_MS = 60_000;
const LONGEST_MS = 65 * 60_000;

/** How to follow; without `live` nothing is shown. */
export interface Following {
  readonly live?: Live | undefined;
  readonly beginMs?: number;
}

/** Follows a run to its end, showing each change as it is done and what Lattice is at. Throws UserError where it does not begin or end in time. */
export async function followRun(
  table: TopologiesTable,
  id: string,
  { live, beginMs = BEGIN_MS }: Following = {},
): Promise<TopologyRun> {
  const began = performance.now();
  let [last, count]: [string | undefined, number] = [undefined, 0];
  for (;;) {
    const chapter = await table.chapter(id, last);
    count += chapter.news.flatMap(({ done }) => done).filter(({ outcome }) => outcome === "made").length;
    if (live) show(live, chapter, count);
    if (chapter.ended) return chapter.ended;
    if (chapter.begun) last = chapter.last;
    const waited = performance.now() - began;
    if (!chapter.begun && waited > beginMs)
      throw late(`${id} was asked for and has not begun within a minute; see the provision workflow`);
    if (waited > LONGEST_MS) throw late(`${id} has no outcome yet; see: espalier topology status ${id}`);
    await pause(EVERY_MS);
  }
}

/** What was done stays; how far it is and what Lattice is at is redrawn, and gone at the end. */
function show(live: Live, { news, ended }: RunChapter, count: number): void {
  for (const { done } of news) for (const change of done) live.say(doneLine(change));
  const now = news.at(-1);
  if (now) live.show(underwayLines(now, count));
  if (!ended) return;
  live.show([]);
  live.done();
}

const late = (message: string) => new UserError(message, { exitCode: ExitCode.notYet });

import type { Command } from "./command.ts";
import type { Commit, Meta } from "./history.ts";
import type { Recent, Snapshot } from "./snapshot.ts";
import type { RolloutSummary } from "./summary.ts";

/** What became of a command that was to be put into an inbox. A repeated one still wakes: its first try may have died before. */
export type Receipt =
  | { readonly type: "received" | "repeated"; readonly token?: string }
  | { readonly type: "unknown" | "settled" | "full" };

/** Where rollouts are kept. Every write is one conditional write of one item; every read is consistent. */
export interface RolloutStore {
  /** What a decision needs, which is as much after a week as after an hour. */
  load(id: string): Promise<Recent>;
  /** The first commit of a history. */
  first(id: string): Promise<Commit | undefined>;
  /** Appends to the history. False, and nothing written, if there is a commit of this number already. */
  commit(id: string, commit: Commit): Promise<boolean>;
  /** Keeps a snapshot in place of the one before. */
  keep(id: string, snapshot: Snapshot): Promise<void>;
  /** Creates the meta if there is none. */
  open(meta: Meta): Promise<void>;
  /** Hands the rollout to another execution, creating the meta if there is none. Never goes back a generation. */
  takeOver(id: string, by: Pick<Meta, "owner" | "generation" | "at">): Promise<void>;
  receive(id: string, command: Command): Promise<Receipt>;
  /** Counts a nudge, so that a wait which has not begun does not begin; the token of one that has, or undefined. */
  nudge(id: string): Promise<string | undefined>;
  /** Takes no more commands from now on. */
  close(id: string): Promise<void>;
  markPublished(id: string, seq: number, summary: RolloutSummary | undefined): Promise<void>;
}

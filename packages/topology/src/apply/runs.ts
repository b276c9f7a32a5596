import type { RunRequest } from "../run-request.ts";
import type { TopologyRun } from "../topology-run.ts";
import type { RunEntry } from "./run-entry.ts";

/** A run that was begun: who asked for what, and which execution is at it. */
export interface Begun {
  readonly id: string;
  /** The ARN of the execution, in whose name services are locked. */
  readonly owner: string;
  /** AWS time. */
  readonly at: string;
  readonly request: RunRequest;
}

/** A run as it is written down; its entries add up to its progress. */
export interface StoredRun extends Begun {
  readonly entries: readonly RunEntry[];
}

/** What is shown of an entry while a run is under way. */
export interface Showing {
  /** What came of the changes that were attempted. */
  readonly done: readonly { readonly verb: string; readonly outcome: string; readonly sentence: string }[];
  /** What Lattice is at. */
  readonly underway: readonly string[];
  /** Changes that are still to be made. */
  readonly open: number;
}

/** Where runs are written down. */
export interface Runs {
  /** Writes down that a run begins. False where another execution has begun it already: one run an id. */
  begin(run: Begun): Promise<boolean>;
  /** Undefined where no run of this id has begun. */
  load(id: string): Promise<StoredRun | undefined>;
  /** Writes down entry number `seq`, counted from 1. False where somebody has written that one. */
  append(id: string, seq: number, entry: RunEntry, at: string, showing: Showing): Promise<boolean>;
  /** Keeps how a run ended, unless that is kept: a request told twice has one outcome. Answers the outcome that is kept. */
  end(run: TopologyRun, owner: string): Promise<TopologyRun>;
  /** The end of a run was told. */
  told(id: string): Promise<void>;
  /** The runs that ended before a time and whose end nobody was told. */
  untold(before: string): Promise<readonly Pick<Begun, "id" | "owner">[]>;
  /** Undefined while it is under way, and where it never began. */
  ended(id: string): Promise<TopologyRun | undefined>;
  /** The runs that were begun and have not ended. */
  underway(): Promise<readonly Pick<Begun, "id" | "owner">[]>;
}

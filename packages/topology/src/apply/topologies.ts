import type { TopologyDocument } from "../document/document.ts";

/** A drift that was told: which one, and AWS time. */
export interface Drift {
  readonly digest: string;
  readonly at: string;
}

/** What is known of each topology by its name. */
export interface Topologies {
  /** The document last applied; undefined where none was, or it was destroyed. */
  applied(name: string): Promise<TopologyDocument | undefined>;
  keep(document: TopologyDocument, run: string, at: string): Promise<void>;
  forget(name: string): Promise<void>;
  names(): Promise<readonly string[]>;
  /** The drift that was last told and is not gone. */
  told(name: string): Promise<Drift | undefined>;
  /** Undefined: it is gone. */
  tell(name: string, drift: Drift | undefined): Promise<void>;
}

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
  /** Keeps it, unless one of a later time is kept. */
  keep(document: TopologyDocument, run: string, at: string): Promise<void>;
  /** Writes down as which role an apply begins: what it made is found in that account, even if it never comes to its end. */
  begin(name: string, role: string): Promise<void>;
  /** The role of the document last applied, else the one as which an apply was last begun. */
  roleOf(name: string): Promise<string | undefined>;
  /** Forgets what was applied up to a time. */
  forget(name: string, at: string): Promise<void>;
  names(): Promise<readonly string[]>;
  /** The drift that was last told and is not gone. */
  told(name: string): Promise<Drift | undefined>;
  /** Undefined: it is gone. */
  tell(name: string, drift: Drift | undefined): Promise<void>;
}

import type { Frozen } from "../frozen.ts";
import type { Instant } from "../instant.ts";

/** The switch that stops the growth of every share. */
export interface Freezes {
  /** Who froze, consistently read; null while nobody has. */
  read(): Promise<Frozen | null>;
  /**
   * What was said at a time, in whichever order it comes: the latest counts, and of one time the freeze. False, and nothing written,
   * where something else counts.
   */
  set(frozen: Frozen | null, at: Instant): Promise<boolean>;
}

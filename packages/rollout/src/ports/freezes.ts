import type { Frozen } from "../frozen.ts";

/** The switch that stops the growth of every share. */
export interface Freezes {
  /** Who froze, consistently read; null while nobody has. */
  read(): Promise<Frozen | null>;
  set(frozen: Frozen | null): Promise<void>;
}

import { Minute, Reading } from "@espalier/evidence";
import * as z from "zod";
import { AlarmState } from "./command.ts";
import { Frozen } from "./frozen.ts";
import { Level } from "./level.ts";
import { Thresholds } from "./plan/thresholds.ts";
import { HookOutcome } from "./request/hook.ts";
import { ShiftOutcome } from "./shift-outcome.ts";

/**
 * What a look has to go on. `thresholds` are those that slow requests were counted by; what is left out was not looked at, which
 * changes nothing; `unreadable` says why the metrics could not be read.
 */
export const Seen = z.object({
  /** Whether the metrics were looked at. Between a shift, or a hook, and the decision on it they are not. */
  looked: z.boolean().default(true),
  readings: z.array(Reading).readonly().default([]),
  /** The last minute that was read, where there are more than one look can read. */
  through: Minute.nullish(),
  thresholds: Thresholds.default({}),
  levels: z.array(Level).readonly().default([]),
  unreadable: z.string().nullish(),
  alarms: z.array(AlarmState).readonly().default([]),
  frozen: Frozen.nullish(),
  hook: HookOutcome.nullish(),
  shift: ShiftOutcome.nullish(),
});
export type Seen = z.infer<typeof Seen>;

/** Parts of what can be seen; the rest was not looked at. */
export type Sighting = Partial<Seen>;

/** A look at nothing. */
export const unseen: Seen = { looked: true, readings: [], thresholds: {}, levels: [], alarms: [] };

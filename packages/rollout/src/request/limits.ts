import * as z from "zod";
import { wantedFields } from "./describe-issues.ts";
import { minutes } from "./minutes.ts";

const unreadable = {
  minutes: minutes("unreadable.minutes", { least: 1 }).default(15),
  otherwise: z
    .enum(["roll-back", "hold", "promote"], { error: "otherwise is roll-back, hold or promote" })
    .default("roll-back"),
};

/** What happens where the metrics cannot be read for so long. To hold is to pause, and a pause has its own limit. */
export const Unreadable = z.strictObject(unreadable, wantedFields("unreadable", unreadable));
export type Unreadable = z.infer<typeof Unreadable>;

const MONTH = 31 * 24 * 60;

const deadlines = {
  pausedMinutes: minutes("pausedMinutes", { least: 1 }).default(1440),
  waitingMinutes: minutes("waitingMinutes", { least: 1 }).default(1440),
  totalMinutes: minutes("totalMinutes", { least: 1, most: MONTH }).optional(),
  otherwise: z
    .enum(["roll-back", "promote"], { error: "otherwise is roll-back or promote" })
    .default("roll-back"),
};

/**
 * How long a rollout may be paused, may wait for one thing, and may last in all (by default a week more than its strategy plans),
 * and what happens then.
 */
export const Deadlines = z.strictObject(deadlines, wantedFields("deadlines", deadlines));
export type Deadlines = z.infer<typeof Deadlines>;

const wantedRate = {
  error: "errorRate is a share of requests above 0 and below 1: 0.01 is one in a hundred",
};

const objective = { errorRate: z.number(wantedRate).gt(0, wantedRate).lt(1, wantedRate) };

/** The share of its requests that the candidate may fail; it is not held against the candidate while the stable group fails more too. */
export const Objective = z.strictObject(objective, wantedFields("an objective", objective));
export type Objective = z.infer<typeof Objective>;

import { Cron } from "croner";
import * as z from "zod";
import { wantedFields } from "./describe-issues.ts";
import { minutes } from "./minutes.ts";

const wantedCron = { error: "opens is a cron expression of five fields, as in 0 9 * * 1-5" };
const wantedZone = { error: "timeZone is a name as in Europe/Berlin; UTC by default" };

const parses = (read: () => unknown): boolean => {
  try {
    read();
    return true;
  } catch {
    return false;
  }
};

const window = {
  opens: z
    .string(wantedCron)
    .refine(
      (cron) => cron.trim().split(/\s+/).length === 5 && parses(() => new Cron(cron, { paused: true })),
      wantedCron,
    ),
  minutes: minutes("a window's length", { least: 1 }),
  timeZone: z
    .string(wantedZone)
    .refine((timeZone) => parses(() => new Intl.DateTimeFormat("en", { timeZone })), wantedZone)
    .default("UTC"),
};

/** A time in which the candidate's share may grow: from each time that the cron expression names, for so many minutes. */
export const Window = z.strictObject(window, wantedFields("a window", window));
export type Window = z.infer<typeof Window>;

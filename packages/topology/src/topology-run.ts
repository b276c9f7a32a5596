import * as z from "zod";
import { Report } from "./plan/turn.ts";

/** What was asked for. */
const type = z.enum(["apply", "destroy"]).default("apply");

const run = { id: z.string(), name: z.string(), at: z.iso.datetime() };

/** How a run ended: applied or failed with what it did, refused with a line a problem, broken when it could not go on. */
export const TopologyRun = z.discriminatedUnion("status", [
  z.strictObject({ status: z.literal("applied"), ...run, type, report: Report }),
  z.strictObject({ status: z.literal("failed"), ...run, type, report: Report }),
  z.strictObject({ status: z.literal("refused"), ...run, problems: z.array(z.string()) }),
  z.strictObject({ status: z.literal("broken"), ...run, error: z.string(), cause: z.string() }),
]);
export type TopologyRun = z.infer<typeof TopologyRun>;

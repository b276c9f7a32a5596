import * as z from "zod";

const wanted = { error: "a weight is a whole number from 0 to 100" };

/** The candidate's share of the traffic that its service's stable group and it serve together, in percent. */
export const Weight = z.int(wanted).min(0, wanted).max(100, wanted).brand<"Weight">();
export type Weight = z.infer<typeof Weight>;

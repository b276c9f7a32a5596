import * as z from "zod";

const wantedTenths = { error: "a weight is a percentage from 0 to 100, in tenths" };

/** The candidate's share of the traffic that its service's stable group and it serve together, in percent, to a tenth. */
export const Weight = z
  .number(wantedTenths)
  .min(0, wantedTenths)
  .max(100, wantedTenths)
  .refine((weight) => Math.abs(weight * 10 - Math.round(weight * 10)) < 1e-9, wantedTenths)
  .brand<"Weight">();
export type Weight = z.infer<typeof Weight>;

/** Everything, which is what a promotion shifts to. */
export const ALL = Weight.parse(100);

const wanted = { error: "a weight is a whole number from 0 to 100" };

/** A weight as people ask for it: whole percent. */
export const WholeWeight = z.int(wanted).min(0, wanted).max(100, wanted).pipe(Weight);

/** The weight nearest to a share from 0 to 1; a share above nil keeps at least a tenth of a percent. */
export function weightOfShare(share: number): Weight {
  return Weight.parse(share > 0 ? Math.max(1, Math.round(share * 1000)) / 10 : 0);
}

import * as z from "zod";
import { wantedFields } from "../request/describe-issues.ts";
import { rampConstants } from "./ramp-constants.ts";

const wantedPercent = { error: "a share is a percentage above 0 and below 100" };
const wantedHeld = { error: "the share held back is a percentage above 0 and at most 45" };
const wantedMinutes = { error: "a number of whole minutes from 1 to 10080, which is a week" };
const wantedBudget = { error: "a budget is a number of bad requests above 0" };

const percent = z.number(wantedPercent).gt(0, wantedPercent).lt(100, wantedPercent);
const minutes = z.int(wantedMinutes).min(1, wantedMinutes).max(10_080, wantedMinutes);

const holdBack = {
  share: z.number(wantedHeld).gt(0, wantedHeld).max(45, wantedHeld).default(rampConstants.holdBack.share),
  minutes: minutes.default(rampConstants.holdBack.minutes),
};

const adaptive = {
  type: z.literal("adaptive"),
  largestFirstShare: percent.default(rampConstants.largestFirstShare),
  shares: z
    .array(percent)
    .min(1)
    .max(50)
    .refine((list) => list.every((share, k) => k === 0 || share > (list[k - 1] ?? 0)), {
      error: "the shares are percentages that grow from each to the next",
    })
    .default(rampConstants.steps.map(({ share }) => share)),
  /** Minutes after which each share is entered without a certificate; the last one given serves those without their own. */
  caps: z
    .array(minutes)
    .min(1)
    .max(50)
    .default(rampConstants.steps.map(({ cap }) => cap)),
  budget: z.number(wantedBudget).positive(wantedBudget).nullable().default(null),
  holdBack: z
    .union([z.literal(false), z.strictObject(holdBack)], {
      error:
        "holdBack is false, or the share in percent that stays behind and for how many minutes: {share: 5, minutes: 60}",
    })
    .default({ ...rampConstants.holdBack }),
};

/** The default strategy: shares that follow from the evidence. Shares are in percent; whatever is left out has its default. */
export const AdaptiveStrategy = z.strictObject(adaptive, wantedFields("an adaptive strategy", adaptive));
export type AdaptiveStrategy = z.infer<typeof AdaptiveStrategy>;

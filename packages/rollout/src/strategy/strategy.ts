import * as z from "zod";
import { AdaptiveStrategy } from "../adaptive/adaptive-strategy.ts";
import { wantedFields } from "../request/describe-issues.ts";
import { minutes } from "../request/minutes.ts";
import { WholeWeight } from "../weight.ts";
import { Match } from "./match.ts";
import { Approval, Bake, Certificate, steps } from "./step.ts";

const canary = { type: z.literal("canary"), steps: steps(1) };

/** Step after step; promotion after the last. */
export const Canary = z.strictObject(canary, wantedFields("a canary", canary));
export type Canary = z.infer<typeof Canary>;

const wantedBy = { error: "by is a whole number of percent from 2 to 99" };

const linear = {
  type: z.literal("linear"),
  by: z.int(wantedBy).min(2, wantedBy).max(99, wantedBy).default(10),
  everyMinutes: minutes("everyMinutes").default(5),
};

/** So much more every so many minutes; promotion after the last. */
export const Linear = z.strictObject(linear, wantedFields("a linear strategy", linear));
export type Linear = z.infer<typeof Linear>;

const blueGreen = {
  type: z.literal("blue-green"),
  match: Match.optional(),
  testMinutes: minutes("testMinutes").default(0),
  certificate: Certificate.optional(),
  approval: Approval.optional(),
  watchMinutes: minutes("watchMinutes").default(10),
};

/** The candidate is tested without weight, by the requests that match, then given everything at once and watched. */
export const BlueGreen = z.strictObject(blueGreen, wantedFields("a blue-green strategy", blueGreen));
export type BlueGreen = z.infer<typeof BlueGreen>;

const header = {
  type: z.literal("header"),
  match: Match,
  bakeMinutes: Bake,
  approval: Approval.optional(),
  steps: steps(0).default([]),
};

/** Chosen callers go to the candidate first, before any weight moves; steps may follow. */
export const Header = z.strictObject(header, wantedFields("a header strategy", header));
export type Header = z.infer<typeof Header>;

const wantedTo = { error: "to is a whole number from 1 to 100" };

const shift = {
  type: z.literal("shift"),
  to: WholeWeight.refine((weight) => weight > 0, wantedTo),
  bakeMinutes: Bake.optional(),
  backAfterMinutes: minutes("backAfterMinutes", { least: 1 }).optional(),
};

/** To one weight, which stays; or back to what was after so many minutes. */
export const ShiftTo = z.strictObject(shift, wantedFields("a shift", shift));
export type ShiftTo = z.infer<typeof ShiftTo>;

/** How a rollout gets from nothing to everything. */
export const Strategy = z.discriminatedUnion(
  "type",
  [AdaptiveStrategy, Canary, Linear, BlueGreen, Header, ShiftTo],
  {
    error: (issue) =>
      issue.path?.at(-1) === "type"
        ? "the strategy types are adaptive, canary, linear, blue-green, header and shift"
        : "a strategy has a type, and what its type asks for: {type: adaptive}, or {type: canary, steps: [...]}",
  },
);
export type Strategy = z.infer<typeof Strategy>;

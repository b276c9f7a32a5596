import * as z from "zod";
import { wantedFields } from "./describe-issues.ts";
import { minutes } from "./minutes.ts";

const wantedLambda = {
  error: "lambda is the ARN of a function, of one of its versions or of an alias",
};
const wantedUrl = { error: "url is an http or https address, of a service on Lattice" };

/** What happens where nobody answers in time. */
export const Otherwise = z.enum(["roll-back", "go-on"], { error: "otherwise is roll-back or go-on" });
export type Otherwise = z.infer<typeof Otherwise>;

const call = {
  lambda: z
    .string(wantedLambda)
    .regex(/^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/, wantedLambda)
    .optional(),
  url: z
    .string(wantedUrl)
    .regex(/^https?:\/\/[^\s/]+(\/\S*)?$/, wantedUrl)
    .max(2048, wantedUrl)
    .optional(),
  withinMinutes: minutes("withinMinutes", { least: 1 }).default(10),
  otherwise: Otherwise.default("roll-back"),
};

const oneOf = ({ lambda, url }: { lambda?: string | undefined; url?: string | undefined }) =>
  (lambda === undefined) !== (url === undefined);
const wantedOne = { error: "a hook calls either a lambda or a url" };

/** A function or an address that is asked whether to go on. It is asked again while it says wait, or does not answer. */
export const StepHook = z.strictObject(call, wantedFields("a hook", call)).refine(oneOf, wantedOne);
export type StepHook = z.infer<typeof StepHook>;

const hook = {
  at: z.enum(["start", "step", "end", "roll-back"], {
    error: "a hook is called at start, step, end or roll-back",
  }),
  ...call,
};

/** The same, and when: before the first shift, at the end of each step, before promotion, or after a rollback. */
export const Hook = z.strictObject(hook, wantedFields("a hook", hook)).refine(oneOf, wantedOne);
export type Hook = z.infer<typeof Hook>;

/** When a hook is called. */
export type HookPoint = Hook["at"];

/** What a hook answers. */
export const HookAnswer = z.object({
  answer: z.enum(["go", "wait", "stop"]),
  reason: z.string().max(500).default(""),
});
export type HookAnswer = z.infer<typeof HookAnswer>;

/** The answer to one call, by the number that the call had; a call that failed is told as one that says wait, with the failure. */
export const HookOutcome = z.object({ attempt: z.int().positive(), ...HookAnswer.shape });
export type HookOutcome = z.infer<typeof HookOutcome>;

import * as z from "zod";

/** A string that AWS evaluates: nothing may stand around the braces, else it is a literal. */
export const expressionPattern = /^\{%([\s\S]*)%\}$/;

const Expression = z.string().regex(expressionPattern, "is not a JSONata expression: {% … %}");
const Template = z.json();
const Count = z.union([z.int().nonnegative(), Expression]);
const Seconds = z.union([z.int().positive(), Expression]);
const ErrorNames = z.array(z.string()).min(1);
const Assignments = z.record(z.string(), Template);

export const Retrier = z.strictObject({
  Comment: z.string().optional(),
  ErrorEquals: ErrorNames,
  IntervalSeconds: z.int().positive().default(1),
  MaxAttempts: z.int().nonnegative().default(3),
  BackoffRate: z.number().min(1).default(2),
  MaxDelaySeconds: z.int().positive().max(31_622_399).optional(),
  JitterStrategy: z.enum(["FULL", "NONE"]).default("NONE"),
});
export type Retrier = z.infer<typeof Retrier>;

export const Catcher = z.strictObject({
  Comment: z.string().optional(),
  ErrorEquals: ErrorNames,
  Next: z.string(),
  Output: Template.optional(),
  Assign: Assignments.optional(),
});
export type Catcher = z.infer<typeof Catcher>;

const base = {
  Comment: z.string().optional(),
  QueryLanguage: z.enum(["JSONPath", "JSONata"]).optional(),
};
const result = { Output: Template.optional(), Assign: Assignments.optional() };
const transition = { Next: z.string().optional(), End: z.boolean().optional() };
const recovery = { Retry: z.array(Retrier).default([]), Catch: z.array(Catcher).default([]) };

export const PassState = z.strictObject({
  Type: z.literal("Pass"),
  ...base,
  ...result,
  ...transition,
  /** Only in states that are not JSONata. */
  Result: Template.optional(),
});
export const SucceedState = z.strictObject({
  Type: z.literal("Succeed"),
  ...base,
  Output: Template.optional(),
});
export const FailState = z.strictObject({
  Type: z.literal("Fail"),
  ...base,
  Error: z.string().optional(),
  Cause: z.string().optional(),
});
export const WaitState = z.strictObject({
  Type: z.literal("Wait"),
  ...base,
  ...result,
  ...transition,
  Seconds: Count.optional(),
  Timestamp: z.string().optional(),
});
export const ChoiceState = z.strictObject({
  Type: z.literal("Choice"),
  ...base,
  ...result,
  Choices: z
    .array(
      z.strictObject({
        Comment: z.string().optional(),
        Condition: z.union([z.boolean(), Expression]),
        Next: z.string(),
        ...result,
      }),
    )
    .min(1),
  Default: z.string().optional(),
});
export const TaskState = z.strictObject({
  Type: z.literal("Task"),
  ...base,
  ...result,
  ...transition,
  ...recovery,
  Resource: z.string(),
  Arguments: Template.optional(),
  TimeoutSeconds: Seconds.optional(),
  HeartbeatSeconds: Seconds.optional(),
});
export const ParallelState = z.strictObject({
  Type: z.literal("Parallel"),
  ...base,
  ...result,
  ...transition,
  ...recovery,
  Arguments: Template.optional(),
  get Branches(): z.ZodArray<typeof Branch> {
    return z.array(Branch).min(1);
  },
});
export const MapState = z.strictObject({
  Type: z.literal("Map"),
  ...base,
  ...result,
  ...transition,
  ...recovery,
  Items: z.union([z.array(Template), Expression]).optional(),
  ItemSelector: Template.optional(),
  MaxConcurrency: Count.default(0),
  ToleratedFailureCount: Count.optional(),
  ToleratedFailurePercentage: z.union([z.number().min(0).max(100), Expression]).optional(),
  Label: z.string().max(40).optional(),
  get ItemProcessor(): z.ZodOptional<typeof Processor> {
    return Processor.optional();
  },
  /** The older name of ItemProcessor. */
  get Iterator(): z.ZodOptional<typeof Processor> {
    return Processor.optional();
  },
});

export const State = z.discriminatedUnion("Type", [
  PassState,
  SucceedState,
  FailState,
  WaitState,
  ChoiceState,
  TaskState,
  ParallelState,
  MapState,
]);
export const Branch = z.strictObject({
  Comment: z.string().optional(),
  StartAt: z.string(),
  get States(): z.ZodRecord<z.ZodString, typeof State> {
    return z.record(z.string(), State);
  },
});
export const Processor = Branch.extend({
  ProcessorConfig: z
    .discriminatedUnion("Mode", [
      z.strictObject({ Mode: z.literal("INLINE") }),
      z.strictObject({ Mode: z.literal("DISTRIBUTED"), ExecutionType: z.enum(["STANDARD", "EXPRESS"]) }),
    ])
    .default({ Mode: "INLINE" }),
});

/** The Amazon States Language, as far as states that need no JSONPath use it. */
export const StateMachineDefinition = Branch.extend({
  QueryLanguage: z.enum(["JSONPath", "JSONata"]).default("JSONPath"),
  Version: z.literal("1.0").optional(),
  TimeoutSeconds: z.int().positive().max(99_999_999).optional(),
});

export type PassState = z.infer<typeof PassState>;
export type SucceedState = z.infer<typeof SucceedState>;
export type FailState = z.infer<typeof FailState>;
export type WaitState = z.infer<typeof WaitState>;
export type ChoiceState = z.infer<typeof ChoiceState>;
export type TaskState = z.infer<typeof TaskState>;
export type ParallelState = z.infer<typeof ParallelState>;
export type MapState = z.infer<typeof MapState>;
export type State = z.infer<typeof State>;
export type Branch = z.infer<typeof Branch>;
export type StateMachineDefinition = z.infer<typeof StateMachineDefinition>;

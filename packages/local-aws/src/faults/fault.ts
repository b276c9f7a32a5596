import * as z from "zod";

const wildcard = z.string().min(1).default("*");

const schedule = {
  /** How many times it strikes at most; until it is cleared where this is left out. */
  count: z.int().min(1).optional(),
  /** The chance that it strikes where it could. */
  probability: z.number().gt(0).max(1).default(1),
  /** Of its chance. */
  seed: z.int().default(0),
  /** How many times it lets pass before it strikes at all. */
  after: z.int().min(0).default(0),
};

const CallFault = z.strictObject({
  kind: z.enum(["throttle", "error", "timeout-before-effect", "timeout-after-effect", "partial"]),
  /** As requests are signed: `vpc-lattice`, `monitoring`. */
  service: wildcard,
  operation: wildcard,
  /** The ARN of who calls; a function's ends in `/<role>/<function>`. */
  caller: wildcard,
  ...schedule,
});
/** What goes wrong with calls of operations, from the wire and among the services. */
export type CallFault = z.output<typeof CallFault>;

/** How many of a handler's own calls have been answered when it is struck. */
const calls = z.int().min(1).default(1);
const lateSeconds = z.number().min(0).max(86_400);

const CrashFault = z.strictObject({
  kind: z.enum(["crash-before", "crash-after"]),
  function: wildcard,
  ...schedule,
});
const CrashDuringFault = z.strictObject({
  kind: z.literal("crash-during"),
  function: wildcard,
  calls,
  ...schedule,
});
const LateWriteFault = z.strictObject({
  kind: z.literal("late-write"),
  function: wildcard,
  calls,
  /** Seconds of AWS time after which the handler goes on. */
  lateSeconds: lateSeconds.default(1),
  ...schedule,
});
/** What goes wrong with a handler. */
export type FunctionFault = z.output<typeof CrashFault | typeof CrashDuringFault | typeof LateWriteFault>;

const DeliveryFault = z.strictObject({
  kind: z.enum(["duplicate", "late", "out-of-order"]),
  /** The name of a rule. */
  rule: wildcard,
  detailType: wildcard,
  /** Seconds of AWS time; out of order means after the next one, at the latest after this. */
  lateSeconds: lateSeconds.default(30),
  ...schedule,
});
/** What goes wrong on the way from a rule to a target. */
export type DeliveryFault = z.output<typeof DeliveryFault>;

const MetricFault = z.strictObject({
  kind: z.enum(["metrics-late", "metrics-missing"]),
  /** `AWS/VpcLattice/HTTPCode_5XX_Count`: namespace and name. */
  metric: wildcard,
  /** Seconds of AWS time beyond the usual lag. */
  lateSeconds: lateSeconds.default(120),
  ...schedule,
});
/** What goes wrong with a datum: one minute of one series of an AWS service. */
export type MetricFault = z.output<typeof MetricFault>;

/** One thing to go wrong, and when. */
export const Fault = z.discriminatedUnion("kind", [
  CallFault,
  CrashFault,
  CrashDuringFault,
  LateWriteFault,
  DeliveryFault,
  MetricFault,
]);
export type Fault = z.output<typeof Fault>;
/** A fault as it is asked for; everything but its kind has a default. */
export type FaultInput = z.input<typeof Fault>;

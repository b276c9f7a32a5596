export { AwsError } from "./aws-error.ts";
export type { Clock, Timer } from "./clock/clock.ts";
export { jumpingClock } from "./clock/jumping-clock.ts";
export { type ManualClock, manualClock } from "./clock/manual-clock.ts";
export { runningClock } from "./clock/running-clock.ts";

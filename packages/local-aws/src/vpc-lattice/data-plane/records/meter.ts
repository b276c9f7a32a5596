import type { Clock, Timer } from "../../../clock/clock.ts";
import type { Platform } from "../../../platform.ts";
import { type Dimension, type Measured, metrics } from "./metrics.ts";

/** Counts requests and hands the counts to CloudWatch when their minute of AWS time is over. */
export interface Meter {
  record(dimension: Dimension, measured: Measured): void;
  close(): void;
}

/** `lag`: how long after its minute a datum can be seen. */
export function createMeter({ clock, region, observe }: Platform, lag: number): Meter {
  const counted = metrics({ zone: `${region}a`, lag });
  let timer: Timer | undefined;

  const flush = () => {
    for (const observation of counted.take(clock.now())) observe(observation);
    timer = clock.after(untilNextMinute(clock), flush, "background");
  };

  return {
    record(dimension, measured) {
      counted.record(dimension, clock.now(), measured);
      timer ??= clock.after(untilNextMinute(clock), flush, "background");
    },
    close() {
      timer?.cancel();
    },
  };
}

function untilNextMinute(clock: Clock): number {
  return 60_000 - (clock.now() % 60_000);
}

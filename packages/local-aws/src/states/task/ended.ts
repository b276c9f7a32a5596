import { pause } from "../engine/pause.ts";
import type { Strand } from "../engine/strand.ts";
import { TaskTimeout } from "./task-timeout.ts";

/** Waits until an execution has ended, or until `deadline` (AWS time, milliseconds since the epoch). */
export async function ended(
  strand: Strand,
  executionArn: string,
  deadline: number | undefined,
): Promise<void> {
  const { platform, executionOf } = strand.surroundings;
  const execution = executionOf(executionArn);
  if (execution === undefined || execution.ending !== undefined) return;
  await pause(strand, (wake) => {
    const done = () => wake(() => undefined);
    const giveUp = () =>
      wake(() => {
        throw new TaskTimeout("States.Timeout");
      });
    const timer =
      deadline === undefined ? undefined : platform.clock.after(deadline - platform.clock.now(), giveUp);
    execution.whenEnded.add(done);
    return () => {
      timer?.cancel();
      execution.whenEnded.delete(done);
    };
  });
}

import { pause } from "../engine/pause.ts";
import type { Strand } from "../engine/strand.ts";
import type { PendingTask } from "../integrations/task-tokens.ts";
import type { Json } from "../json.ts";
import { TaskTimeout } from "./task-timeout.ts";

/** When a task that waits gives up, in AWS time: at `deadline` (milliseconds since the epoch), or after `heartbeat` seconds of silence. */
export interface Patience {
  readonly deadline: number | undefined;
  readonly heartbeat: number | undefined;
}

/** Waits for the token to come back. The token is refused from the very turn in which the wait ends. */
export function calledBack(
  strand: Strand,
  pending: PendingTask,
  { deadline, heartbeat }: Patience,
): Promise<Json> {
  const { clock } = strand.surroundings.platform;
  return pause(strand, (wake) => {
    const giveUp = (error: ConstructorParameters<typeof TaskTimeout>[0]) => () =>
      wake(() => {
        throw new TaskTimeout(error);
      });
    const listen = () =>
      heartbeat === undefined ? undefined : clock.after(heartbeat * 1000, giveUp("States.HeartbeatTimeout"));
    const timer =
      deadline === undefined ? undefined : clock.after(deadline - clock.now(), giveUp("States.Timeout"));
    let silence = listen();
    pending.onHeartbeat(() => {
      silence?.cancel();
      silence = listen();
    });
    pending.onOutcome((outcome) =>
      wake(() => {
        if (outcome.type === "failure") throw outcome.failure;
        return outcome.output;
      }),
    );
    return () => {
      timer?.cancel();
      silence?.cancel();
      pending.close();
    };
  });
}

import { pause } from "../engine/pause.ts";
import { StateFailure } from "../engine/state-failure.ts";
import type { Strand } from "../engine/strand.ts";
import type { PendingTask } from "../integrations/task-tokens.ts";
import type { Json } from "../json.ts";
import { TaskTimeout } from "./task-timeout.ts";

/** When a task that waits gives up, in AWS time: at `deadline` (milliseconds since the epoch), or after `heartbeat` seconds of silence. */
export interface Patience {
  readonly deadline: number | undefined;
  readonly heartbeat: number | undefined;
  /** When it was last heard of. */
  readonly heardAt: number;
}

/** Waits for the token to come back; `heard` is told of its heartbeats. The token is refused from the very turn in which the wait ends. */
export function calledBack(
  strand: Strand,
  pending: PendingTask,
  { deadline, heartbeat, heardAt }: Patience,
  heard: (at: number) => void,
): Promise<Json> {
  const { clock } = strand.surroundings.platform;
  return pause(strand, (wake) => {
    const giveUp = (error: ConstructorParameters<typeof TaskTimeout>[0]) => () =>
      wake(() => {
        throw new TaskTimeout(error);
      });
    const listen = (from: number) =>
      heartbeat === undefined
        ? undefined
        : clock.after(from + heartbeat * 1000 - clock.now(), giveUp("States.HeartbeatTimeout"));
    const timer =
      deadline === undefined ? undefined : clock.after(deadline - clock.now(), giveUp("States.Timeout"));
    let silence = listen(heardAt);
    pending.onHeartbeat(() => {
      silence?.cancel();
      heard(clock.now());
      silence = listen(clock.now());
    });
    pending.onOutcome((outcome) =>
      wake(() => {
        if (outcome.type === "failure") throw new StateFailure(outcome.error, outcome.reason);
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

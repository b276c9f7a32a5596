import { StateFailure } from "../engine/state-failure.ts";

/** A limit of the task itself has passed; the history tells it apart from a failure of that name. */
export class TaskTimeout extends StateFailure {
  constructor(error: "States.Timeout" | "States.HeartbeatTimeout") {
    super(error, undefined);
  }
}

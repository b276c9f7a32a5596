import type { AlarmState } from "./command.ts";

/** The alarms of CloudWatch. */
export interface Alarms {
  /** The states of those of these alarms that there are. */
  states(names: readonly string[]): Promise<AlarmState[]>;
}

/** Which rollouts are to hear of an alarm. */
export interface AlarmListeners {
  add(alarm: string, rollout: string): Promise<void>;
  remove(alarm: string, rollout: string): Promise<void>;
  /** The ids of the rollouts that named it and are not settled. */
  of(alarm: string): Promise<string[]>;
}

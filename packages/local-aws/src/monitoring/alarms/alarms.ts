import type { Timer } from "../../clock/clock.ts";
import type { Platform } from "../../platform.ts";
import type { MetricStore } from "../metric-store.ts";
import type { Alarm, AlarmSettings, AlarmState } from "./alarm.ts";
import { alarmArn } from "./alarm-arn.ts";
import { alarmEvent } from "./alarm-event.ts";
import { type AlarmHistory, createAlarmHistory } from "./alarm-history.ts";
import { alarmPoints, evaluated } from "./evaluation.ts";

const minute = 60_000;

/** How long after each full minute alarms are evaluated, so that the metrics of that minute are there. */
const delay = 1000;

/** The alarms of the account, evaluated once a minute of AWS time. */
export interface Alarms {
  readonly history: AlarmHistory;
  get(name: string): Alarm | undefined;
  /** By name. */
  list(): readonly Alarm[];
  /** Creates an alarm, or changes it and leaves its state as it is. Throws AwsError where its queries are wrong. */
  put(settings: AlarmSettings): void;
  /** Puts the alarm into a state, and tells it if that is another one. */
  setState(alarm: Alarm, state: AlarmState): void;
  remove(name: string): void;
}

export function createAlarms(platform: Platform, store: MetricStore): Alarms {
  const { clock } = platform;
  const byName = platform.storage.map<Alarm>("monitoring.alarms");
  const history = createAlarmHistory(platform);
  let timer: Timer | undefined;

  const arm = () => {
    if (timer !== undefined || byName.size === 0) return;
    timer = clock.after(minute - (clock.now() % minute) + delay, tick, "background");
  };
  const tick = () => {
    timer = undefined;
    for (const alarm of [...byName.values()]) {
      const state = evaluated(alarm, { platform, store });
      if (state !== alarm.state) alarms.setState(alarm, state);
    }
    arm();
  };
  const alarms: Alarms = {
    history,
    get: (name) => byName.get(name),
    list: () =>
      [...byName.values()].toSorted((one, other) =>
        one.settings.AlarmName < other.settings.AlarmName ? -1 : 1,
      ),
    put(settings) {
      alarmPoints(settings, { platform, store });
      const name = settings.AlarmName;
      const known = byName.get(name);
      const now = clock.now();
      byName.set(name, {
        settings,
        arn: alarmArn(name, platform),
        configuredAt: now,
        state: known?.state ?? {
          value: "INSUFFICIENT_DATA",
          reason: "Unchecked: Initial alarm creation",
          at: now,
        },
      });
      history.configured(name, known === undefined ? "created" : "updated");
      arm();
    },
    setState(alarm, state) {
      const name = alarm.settings.AlarmName;
      const changed = { ...alarm, state };
      byName.set(name, changed);
      if (state.value === alarm.state.value) return;
      history.changed(name, alarm.state, state);
      platform.emit(alarmEvent(changed, alarm.state));
    },
    remove(name) {
      if (byName.delete(name)) history.configured(name, "deleted");
    },
  };
  arm();
  return alarms;
}

import type { AlarmHistoryItem } from "@aws-sdk/client-cloudwatch";
import type { Platform } from "../../platform.ts";
import type { AlarmState } from "./alarm.ts";

/** Entries kept of each alarm; CloudWatch keeps them for 30 days. */
const most = 100;

/** What happened to each alarm, deleted ones included. */
export interface AlarmHistory {
  configured(name: string, how: "created" | "updated" | "deleted"): void;
  changed(name: string, from: AlarmState, to: AlarmState): void;
  /** Of one alarm or of all, oldest first. */
  items(name: string | undefined): readonly AlarmHistoryItem[];
}

export function createAlarmHistory({ clock, storage }: Pick<Platform, "clock" | "storage">): AlarmHistory {
  const byName = storage.map<readonly AlarmHistoryItem[]>("monitoring.alarm-history");
  const append = (name: string, item: Omit<AlarmHistoryItem, "AlarmName" | "Timestamp">) => {
    const whole = {
      AlarmName: name,
      AlarmType: "MetricAlarm",
      Timestamp: new Date(clock.now()),
      ...item,
    } as const;
    byName.set(name, [...(byName.get(name) ?? []), whole].slice(-most));
  };
  return {
    configured: (name, how) =>
      append(name, {
        HistoryItemType: "ConfigurationUpdate",
        HistorySummary: `Alarm "${name}" ${how}`,
        HistoryData: JSON.stringify({ version: "1.0", type: how.replace(/d$/, "") }),
      }),
    changed: (name, from, to) =>
      append(name, {
        HistoryItemType: "StateUpdate",
        HistorySummary: `Alarm updated from ${from.value} to ${to.value}`,
        HistoryData: JSON.stringify({ version: "1.0", oldState: stateOf(from), newState: stateOf(to) }),
      }),
    items(name) {
      if (name !== undefined) return byName.get(name) ?? [];
      const all = [...byName.values()].flat();
      return all.sort((one, other) => Number(one.Timestamp) - Number(other.Timestamp));
    },
  };
}

const stateOf = ({ value, reason }: AlarmState) => ({ stateValue: value, stateReason: reason });

import { type CloudWatchClient, paginateDescribeAlarms } from "@aws-sdk/client-cloudwatch";
import { translated } from "@espalier/lattice";
import { AlarmState, type Alarms } from "@espalier/rollout";

/** The alarms of CloudWatch, metric alarms and those composed of others. */
export function cloudWatchAlarms(client: CloudWatchClient): Alarms {
  async function states(AlarmNames: string[]): Promise<AlarmState[]> {
    const found: AlarmState[] = [];
    const AlarmTypes = ["MetricAlarm" as const, "CompositeAlarm" as const];
    for await (const page of paginateDescribeAlarms({ client }, { AlarmNames, AlarmTypes })) {
      for (const { AlarmName, StateValue } of [
        ...(page.MetricAlarms ?? []),
        ...(page.CompositeAlarms ?? []),
      ]) {
        found.push(AlarmState.parse({ name: AlarmName, state: StateValue }));
      }
    }
    return found;
  }
  return {
    states: async (names) => (names.length === 0 ? [] : translated(states([...names]))),
  };
}

import { SchedulerClient } from "@aws-sdk/client-scheduler";
import { defineCommand } from "citty";
import { jsonOption, stageOption } from "../../common-options.ts";
import { connect } from "../../connect.ts";
import { table } from "../../view/table.ts";
import { type ListedSchedule, readSchedules } from "./read-schedules.ts";

/** `espalier schedule list`. */
export const list = defineCommand({
  meta: { name: "list", description: "List what is scheduled" },
  args: { ...jsonOption, ...stageOption },
  async run({ args }) {
    const { scheduleGroup } = await connect(args);
    const schedules = await readSchedules(new SchedulerClient({}), scheduleGroup);
    if (args.json) console.log(JSON.stringify(schedules, null, 2));
    else if (schedules.length === 0)
      console.log("nothing is scheduled; schedule a rollout: espalier schedule create --help");
    else console.log(table(["name", "when", "service", "candidate", "strategy", ""], schedules.map(row)));
  },
});

function row({ name, when, timeZone, enabled, request }: ListedSchedule): string[] {
  const asks = request
    ? [request.service, nameOf(request.candidate), request.strategy.type]
    : ["not a request of this release", "", ""];
  return [name, `${when} ${timeZone}`, ...asks, enabled ? "" : "disabled"];
}

const nameOf = (candidate: RolloutCandidate) => (typeof candidate === "string" ? candidate : "targets");
type RolloutCandidate = NonNullable<ListedSchedule["request"]>["candidate"];

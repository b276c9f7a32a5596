import { DeleteScheduleCommand, SchedulerClient } from "@aws-sdk/client-scheduler";
import { defineCommand } from "citty";
import { jsonOption, stageOption } from "../../common-options.ts";
import { connect } from "../../connect.ts";
import { didYouMean } from "../../did-you-mean.ts";
import { UserError } from "../../fail.ts";
import { scheduleNames } from "./read-schedules.ts";

/** `espalier schedule delete`. */
export const remove = defineCommand({
  meta: { name: "delete", description: "Delete a schedule; the rollouts it asked for go on" },
  args: {
    name: { type: "positional", required: true, description: "The schedule's name" },
    ...jsonOption,
    ...stageOption,
  },
  async run({ args: { name, json, ...args } }) {
    const { scheduleGroup: GroupName } = await connect(args);
    const client = new SchedulerClient({});
    await client.send(new DeleteScheduleCommand({ GroupName, Name: name })).catch(async (cause: Error) => {
      if (cause.name !== "ResourceNotFoundException") throw cause;
      const known = await scheduleNames(client, GroupName);
      throw new UserError(
        `there is no schedule "${name}"${didYouMean(name, known)}${known.length > 0 ? "" : "; there are none"}`,
        { cause },
      );
    });
    console.log(json ? JSON.stringify({ name, deleted: true }) : `deleted ${name}`);
  },
});

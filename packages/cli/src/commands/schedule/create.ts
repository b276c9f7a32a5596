import { CreateScheduleCommand, SchedulerClient } from "@aws-sdk/client-scheduler";
import { defineCommand } from "citty";
import { askedFields, jsonOption, stageOption } from "../../common-options.ts";
import { connect } from "../../connect.ts";
import { UserError } from "../../fail.ts";
import { readRequest } from "../../read-request.ts";
import { requestOptions, requestSaid } from "../../request-options.ts";
import { scheduledRequest } from "./scheduled-request.ts";
import { timing } from "./timing.ts";

/** `espalier schedule create`. */
export const create = defineCommand({
  meta: {
    name: "create",
    description:
      "Ask for a rollout or a weight shift later. Needs iam:PassRole for the stage's schedule role. Each run is a rollout of its own, named by the schedule and the time",
  },
  args: {
    name: { type: "positional", required: true, description: "What to call it: letters, digits and . _ -" },
    at: { type: "string", description: "Once, at this local time", valueHint: "2026-12-01T09:00" },
    cron: {
      type: "string",
      description: "Recurring, by an EventBridge cron of six fields",
      valueHint: '"0 9 ? * MON-FRI *"',
    },
    rate: { type: "string", description: "Recurring, every so often", valueHint: '"7 days"' },
    "time-zone": {
      type: "string",
      description: "The zone of --at and --cron (default UTC)",
      valueHint: "Europe/Berlin",
    },
    ...requestOptions,
    ...jsonOption,
    ...stageOption,
  },
  async run({ args, rawArgs }) {
    const when = timing(args, Date.now());
    const { id, ...request } = readRequest(requestSaid(args, rawArgs));
    if (id !== undefined)
      throw new UserError(`id is "${id}"; the rollouts of a schedule have their own ids, leave it out`);
    const place = await connect(args);
    const input = scheduledRequest(args.name, when, { ...askedFields({}), ...request }, place);
    const { ScheduleArn } = await new SchedulerClient({})
      .send(new CreateScheduleCommand(input))
      .catch(refuseTaken(args.name));
    console.log(
      args.json
        ? JSON.stringify({ name: args.name, arn: ScheduleArn, ...when })
        : `scheduled ${args.name}: ${when.ScheduleExpression} ${when.ScheduleExpressionTimezone}`,
    );
  },
});

const refuseTaken = (name: string) => (cause: Error) => {
  if (cause.name !== "ConflictException") throw cause;
  throw new UserError(
    `there is a schedule "${name}" already; delete it first: espalier schedule delete ${name}`,
    {
      cause,
    },
  );
};

import { randomUUID } from "node:crypto";
import type { RolloutRequest } from "@espalier/rollout";
import { defineCommand } from "citty";
import { askForRollout } from "../../ask-for-rollout.ts";
import { askedFields, jsonOption, positive, stageOption } from "../../common-options.ts";
import { connect } from "../../connect.ts";
import { ExitCode } from "../../fail.ts";
import { planRollout } from "../../plan/plan-rollout.ts";
import { readRequest } from "../../read-request.ts";
import { requestOptions, requestSaid } from "../../request-options.ts";
import { planText } from "../../view/plan-text.ts";

/** `espalier rollout start`. */
export const start = defineCommand({
  meta: {
    name: "start",
    description:
      "Ask for a rollout, from a YAML file or by options. Ends with 0 when it is admitted, 5 refused; with --wait 0 promoted, 3 rolled back, 4 stopped",
  },
  args: {
    ...requestOptions,
    id: { type: "string", description: "An id of your own; the same id twice is one rollout" },
    plan: { type: "boolean", description: "Say what it will do, take and cost, and ask for nothing" },
    traffic: {
      type: "string",
      default: "600",
      description: "With --plan: the requests a minute to reckon with",
      valueHint: "N",
    },
    wait: { type: "boolean", description: "Follow the rollout to its end" },
    ...jsonOption,
    ...stageOption,
  },
  async run({ args, rawArgs, data }) {
    const request = readRequest({ ...requestSaid(args, rawArgs), id: args.id });
    if (args.plan) return showPlan(request, positive("traffic", args.traffic), args.json ?? false);
    const id = request.id ?? `${request.service.replace(/^.*\//, "")}-${randomUUID().slice(0, 8)}`;
    const detail = { ...askedFields({}), ...request, id };
    const { wait, json } = args;
    return askForRollout(
      await connect(args),
      { id, detailType: "Rollout Requested", detail },
      { wait, json, local: data?.local },
    );
  },
});

function showPlan(request: RolloutRequest, traffic: number, json: boolean): number {
  const plan = planRollout(request, new Date().toISOString(), traffic);
  console.log(json ? JSON.stringify(plan, null, 2) : planText(request, plan, traffic).join("\n"));
  return ExitCode.done;
}

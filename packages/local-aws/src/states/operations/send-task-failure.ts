import type { SendTaskFailureInput, SendTaskFailureOutput } from "@aws-sdk/client-sfn";
import type { Operation } from "../../platform.ts";
import type { StateMachines } from "../state-machines.ts";

export function sendTaskFailure(
  states: StateMachines,
): Operation<SendTaskFailureInput, SendTaskFailureOutput> {
  return {
    permissions: () => [{ action: "states:SendTaskFailure", resource: "*" }],
    run({ taskToken = "", error, cause }) {
      states.tokens.complete(taskToken, { type: "failure", error, reason: cause });
      return {};
    },
  };
}

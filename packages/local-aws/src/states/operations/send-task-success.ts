import type { SendTaskSuccessInput, SendTaskSuccessOutput } from "@aws-sdk/client-sfn";
import type { Operation } from "../../platform.ts";
import type { StateMachines } from "../state-machines.ts";
import { jsonText } from "./json-text.ts";

export function sendTaskSuccess(
  states: StateMachines,
): Operation<SendTaskSuccessInput, SendTaskSuccessOutput> {
  return {
    permissions: () => [{ action: "states:SendTaskSuccess", resource: "*" }],
    run({ taskToken = "", output = "" }) {
      const value = jsonText(output, "InvalidOutput", "Output");
      states.tokens.complete(taskToken, { type: "success", output: value });
      return {};
    },
  };
}

import type { SendTaskHeartbeatInput, SendTaskHeartbeatOutput } from "@aws-sdk/client-sfn";
import type { Operation } from "../../platform.ts";
import type { StateMachines } from "../state-machines.ts";

export function sendTaskHeartbeat(
  states: StateMachines,
): Operation<SendTaskHeartbeatInput, SendTaskHeartbeatOutput> {
  return {
    permissions: () => [{ action: "states:SendTaskHeartbeat", resource: "*" }],
    run({ taskToken = "" }) {
      states.tokens.heartbeat(taskToken);
      return {};
    },
  };
}

import type { DeleteStateMachineInput, DeleteStateMachineOutput } from "@aws-sdk/client-sfn";
import type { Operation } from "../../platform.ts";
import type { StateMachines } from "../state-machines.ts";
import { permission } from "./arns.ts";

/** A machine with running executions starts no more and goes with the last of them. Deleting what is gone succeeds. */
export function deleteStateMachine(
  states: StateMachines,
): Operation<DeleteStateMachineInput, DeleteStateMachineOutput> {
  return {
    permissions: ({ stateMachineArn }) => permission("DeleteStateMachine", stateMachineArn),
    run({ stateMachineArn }) {
      const machine = states.machines.get(stateMachineArn ?? "");
      if (machine === undefined) return {};
      const running = states.executionsOf(machine).some(({ ending }) => ending === undefined);
      if (running) states.put({ ...machine, deleting: true });
      else states.delete(machine);
      return {};
    },
  };
}

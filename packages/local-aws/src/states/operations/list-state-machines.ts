import type { ListStateMachinesInput, ListStateMachinesOutput } from "@aws-sdk/client-sfn";
import type { Operation } from "../../platform.ts";
import type { StateMachines } from "../state-machines.ts";
import { page } from "./page.ts";

export function listStateMachines(
  states: StateMachines,
): Operation<ListStateMachinesInput, ListStateMachinesOutput> {
  return {
    permissions: () => [{ action: "states:ListStateMachines", resource: "*" }],
    run(input) {
      const { items, ...rest } = page([...states.machines.values()], input, {
        place: (_, index) => index,
      });
      const stateMachines = items.map(({ revision, createdAt }) => ({
        stateMachineArn: revision.stateMachineArn,
        name: revision.name,
        type: revision.type,
        creationDate: new Date(createdAt),
      }));
      return { stateMachines, ...rest };
    },
  };
}

import type { ListExecutionsInput, ListExecutionsOutput } from "@aws-sdk/client-sfn";
import type { Operation } from "../../platform.ts";
import { statusOf } from "../engine/execution.ts";
import type { StateMachines } from "../state-machines.ts";
import { findMachine, permission } from "./arns.ts";
import { page } from "./page.ts";

/** The newest first. */
export function listExecutions(states: StateMachines): Operation<ListExecutionsInput, ListExecutionsOutput> {
  return {
    permissions: ({ stateMachineArn }) => permission("ListExecutions", stateMachineArn),
    run({ stateMachineArn, statusFilter, ...request }) {
      const executions = states.executionsOf(findMachine(states, stateMachineArn));
      const { items, ...rest } = page(executions, request, {
        descending: true,
        place: ({ number }) => number,
        keep: (execution) => statusFilter === undefined || statusOf(execution) === statusFilter,
      });
      const listed = items.map((execution) => ({
        executionArn: execution.arn,
        stateMachineArn: execution.revision.stateMachineArn,
        name: execution.name,
        status: statusOf(execution),
        startDate: new Date(execution.startedAt),
        ...(execution.ending === undefined ? {} : { stopDate: new Date(execution.ending.at) }),
        redriveCount: 0,
      }));
      return { executions: listed, ...rest };
    },
  };
}

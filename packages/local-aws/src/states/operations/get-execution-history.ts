import type { GetExecutionHistoryInput, GetExecutionHistoryOutput, HistoryEvent } from "@aws-sdk/client-sfn";
import type { Operation } from "../../platform.ts";
import type { StateMachines } from "../state-machines.ts";
import { findExecution, permission } from "./arns.ts";
import { page } from "./page.ts";

export function getExecutionHistory(
  states: StateMachines,
): Operation<GetExecutionHistoryInput, GetExecutionHistoryOutput> {
  return {
    permissions: ({ executionArn }) => permission("GetExecutionHistory", executionArn),
    run({ executionArn, reverseOrder = false, includeExecutionData = true, ...request }) {
      const { history } = findExecution(states, executionArn);
      const { items, ...rest } = page(history.events, request, {
        descending: reverseOrder,
        place: ({ id }) => id ?? 0,
      });
      return { events: items.map(includeExecutionData ? (event) => event : withoutData), ...rest };
    },
  };
}

const data = ["input", "output", "parameters", "assignedVariables"];

function withoutData(event: HistoryEvent): HistoryEvent {
  const entries = Object.entries(event).map(([key, value]) => [
    key,
    key.endsWith("EventDetails")
      ? Object.fromEntries(Object.entries(value).filter(([name]) => !data.includes(name)))
      : value,
  ]);
  return { ...event, ...Object.fromEntries(entries) };
}

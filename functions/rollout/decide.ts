import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { type Bus, nextStep, type RolloutStore, Seen, takeTurn } from "@espalier/rollout";
import type * as z from "zod";
import { dynamoStore } from "../adapters/dynamo-store.ts";
import { eventBridgeBus } from "../adapters/event-bridge-bus.ts";
import { rolloutsTable } from "../adapters/rollouts-table.ts";
import { environment, lambda } from "../lambda.ts";
import { advance, type Decision } from "./advance.ts";
import { executionName } from "./take-over.ts";
import { Turn } from "./turn.ts";
import { watchOf } from "./watch.ts";

const Input = Turn.extend(Seen.shape);
type Input = z.infer<typeof Input>;

/**
 * Notes how the last shift went, answers the commands in the inbox, folds the minutes that were read, and says what the
 * workflow is to do next. `seen` is the size of the inbox it decided on: a wait begins only if it still is that size. `successor` is the name
 * of the execution that the rollout would go on in.
 */
export function decide(dependencies: { readonly store: RolloutStore; readonly bus: Bus }) {
  return async (input: Input) => {
    const { rollout, meta } = await advance(dependencies, input, decisionOn(input));
    return {
      next: nextStep(rollout, input.at),
      seen: meta.inbox.length,
      successor: executionName(input.rollout, input.generation + 1),
      watch: rollout.status === "admitted" ? watchOf(rollout) : null,
    };
  };
}

function decisionOn(input: Input): Decision {
  return (rollout, commands) => ({
    events: takeTurn(rollout, commands, input, input.at),
    answered: commands,
  });
}

export const handler = lambda(Input, decide, () => ({
  store: dynamoStore(rolloutsTable(environment("ROLLOUTS_TABLE"))),
  bus: eventBridgeBus(new EventBridgeClient(), environment("BUS_NAME")),
}));

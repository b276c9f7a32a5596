import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { type Bus, type Freezes, nextStep, type RolloutStore, Seen, takeTurn } from "@espalier/rollout";
import type * as z from "zod";
import { dynamoFreezes } from "../adapters/dynamo-freezes.ts";
import { dynamoStore } from "../adapters/dynamo-store.ts";
import { eventBridgeBus } from "../adapters/event-bridge-bus.ts";
import { rolloutsTable } from "../adapters/rollouts-table.ts";
import { environment, lambda } from "../lambda.ts";
import { advance } from "./advance.ts";
import { executionName } from "./take-over.ts";
import { Turn } from "./turn.ts";
import { watchOf } from "./watch.ts";

const Input = Turn.extend(Seen.shape);
type Input = z.infer<typeof Input>;

interface Dependencies {
  readonly store: RolloutStore;
  readonly bus: Bus;
  readonly freezes: Pick<Freezes, "read">;
}

/**
 * Notes how the last shift or hook went, answers the commands in the inbox, folds the minutes that were read, and says what
 * the workflow is to do next. `seen` and `nudges` are what the inbox was like that it decided on: a wait begins only if it is
 * still the same. `successor` is the name of the execution that the rollout would go on in.
 */
export function decide(dependencies: Dependencies) {
  return async (input: Input) => {
    const { rollout, meta } = await advance(dependencies, input, async (before, commands) => {
      const sighting = { ...input, frozen: await dependencies.freezes.read() };
      return { events: takeTurn(before, commands, sighting, input.at), answered: commands };
    });
    return {
      next: nextStep(rollout, input.at),
      seen: meta.inbox.length,
      nudges: meta.nudges,
      successor: executionName(input.rollout, input.generation + 1),
      watch: rollout.status === "admitted" ? watchOf(rollout) : null,
    };
  };
}

export const handler = lambda(Input, decide, () => {
  const table = rolloutsTable(environment("ROLLOUTS_TABLE"));
  return {
    store: dynamoStore(table),
    freezes: dynamoFreezes(table),
    bus: eventBridgeBus(new EventBridgeClient(), environment("BUS_NAME")),
  };
});

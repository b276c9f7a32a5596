import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { Reading } from "@espalier/evidence";
import {
  decide as answer,
  type Bus,
  evolve,
  look,
  nextStep,
  noteShift,
  type Rollout,
  type RolloutEvent,
  type RolloutStore,
  ShiftOutcome,
  Thresholds,
} from "@espalier/rollout";
import * as z from "zod";
import { dynamoStore } from "../adapters/dynamo-store.ts";
import { eventBridgeBus } from "../adapters/event-bridge-bus.ts";
import { rolloutsTable } from "../adapters/rollouts-table.ts";
import { environment, lambda } from "../lambda.ts";
import { advance, type Decision } from "./advance.ts";
import { Turn } from "./turn.ts";
import { watchOf } from "./watch.ts";

const Input = Turn.extend({
  readings: z.array(Reading).default([]),
  thresholds: Thresholds.default({}),
  shift: ShiftOutcome.nullish(),
});
type Input = z.infer<typeof Input>;

/**
 * Notes how the last shift went, answers the commands in the inbox, folds the minutes that were read, and says what the
 * workflow is to do next. `seen` is the size of the inbox it decided on: a wait begins only if it still is that size.
 */
export function decide(dependencies: { readonly store: RolloutStore; readonly bus: Bus }) {
  return async (input: Input) => {
    const { rollout, meta } = await advance(dependencies, input, decisionOn(input));
    return {
      next: nextStep(rollout, input.at),
      seen: meta.inbox.length,
      watch: rollout.status === "admitted" ? watchOf(rollout) : null,
    };
  };
}

function decisionOn({ shift, readings, thresholds, at }: Input): Decision {
  return (rollout, commands) => {
    const decided: RolloutEvent[] = [];
    let state = rollout;
    const add = (decision: (state: Rollout) => readonly RolloutEvent[]) => {
      const events = decision(state);
      decided.push(...events);
      state = events.reduce(evolve, state);
    };
    if (shift) add((now) => noteShift(now, shift, at));
    for (const command of commands) add((now) => answer(now, command, at));
    add((now) => look(now, readings, at, thresholds));
    return { events: decided, answered: commands };
  };
}

export const handler = lambda(Input, decide, () => ({
  store: dynamoStore(rolloutsTable(environment("ROLLOUTS_TABLE"))),
  bus: eventBridgeBus(new EventBridgeClient(), environment("BUS_NAME")),
}));

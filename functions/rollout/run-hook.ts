import { LambdaClient } from "@aws-sdk/client-lambda";
import {
  type AskHook,
  Hook,
  type HookOutcome,
  type HookQuestion,
  presentWeight,
  type RolloutStore,
  StepHook,
  stateOf,
} from "@espalier/rollout";
import { signedFetch } from "@espalier/signed-fetch";
import * as z from "zod";
import { dynamoStore } from "../adapters/dynamo-store.ts";
import { hooks } from "../adapters/hooks.ts";
import { rolloutsTable } from "../adapters/rollouts-table.ts";
import { environment, lambda } from "../lambda.ts";
import { roleCredentials } from "../role-credentials.ts";
import { ownMeta } from "./advance.ts";
import { Turn } from "./turn.ts";

const Input = Turn.extend({
  hook: z.object({ lambda: StepHook.shape.lambda, url: StepHook.shape.url }),
  point: Hook.shape.at,
  step: z.int().nonnegative(),
  attempt: z.int().positive(),
});
type Input = z.infer<typeof Input>;

interface Dependencies {
  readonly store: Pick<RolloutStore, "load">;
  readonly ask: AskHook;
}

/** Asks a hook. One that fails, is late or answers nonsense has said to wait: it is asked again, until its time is over. */
export function runHook({ store, ask }: Dependencies) {
  return async ({ hook, point, step, attempt, ...turn }: Input): Promise<HookOutcome> => {
    const recent = await store.load(turn.rollout);
    ownMeta(recent, turn);
    const rollout = stateOf(recent);
    if (rollout.status !== "admitted") throw new Error(`the rollout ${turn.rollout} was never admitted`);
    const question: HookQuestion = {
      rollout: rollout.id,
      service: rollout.service.name,
      candidate: rollout.candidate.name,
      stable: rollout.stable.name,
      weight: presentWeight(rollout),
      ...{ at: point, step, attempt },
    };
    try {
      return { attempt, ...(await ask(hook, question)) };
    } catch (error) {
      const { name, message } = error instanceof Error ? error : { name: "Error", message: String(error) };
      return { attempt, answer: "wait", reason: `it did not answer: ${name}, ${message}`.slice(0, 500) };
    }
  };
}

// Shorter than the function's own time, so that a slow hook is told as one.
const TIMEOUT_MS = 15_000;

export const handler = lambda(Input, runHook, () => ({
  store: dynamoStore(rolloutsTable(environment("ROLLOUTS_TABLE"))),
  ask: hooks({
    lambda: new LambdaClient({ maxAttempts: 1 }),
    fetch: signedFetch({ credentials: roleCredentials, region: environment("AWS_REGION") }),
    timeoutMs: TIMEOUT_MS,
  }),
}));

import type { HookAnswer, HookPoint, StepHook } from "../request/hook.ts";

/** What a hook is told. */
export interface HookQuestion {
  readonly rollout: string;
  readonly service: string;
  readonly candidate: string;
  readonly stable: string;
  readonly at: HookPoint;
  readonly step: number;
  readonly weight: number;
  readonly attempt: number;
}

/** Asks a hook. Throws where it does not answer as a hook does. */
export type AskHook = (hook: Pick<StepHook, "lambda" | "url">, question: HookQuestion) => Promise<HookAnswer>;

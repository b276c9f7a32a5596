import type { FaultInput } from "../../packages/local-aws/src/index.ts";
import type { CommandType } from "../../packages/rollout/src/index.ts";
import { type Chance, seeded } from "./chance.ts";
import { drawFault } from "./draw-fault.ts";
import { drawRequest, type Wanted } from "./draw-request.ts";

/** Something that people, or another system, do while a rollout runs. */
export type Deed =
  | { readonly type: "command"; readonly command: CommandType; readonly times: number }
  | { readonly type: "freeze"; readonly frozen: boolean }
  | { readonly type: "write-weights"; readonly candidate: number }
  | { readonly type: "add-rule" }
  | { readonly type: "stop-execution" }
  | { readonly type: "ask-again"; readonly whenLocked: "refuse" | "queue" | "supersede" }
  | { readonly type: "undo" };

/** A deed, and after how many minutes of the run it is done. */
export interface Timed {
  readonly minute: number;
  readonly deed: Deed;
}

/** One run: what is asked for, how the candidate behaves, what people do meanwhile and what goes wrong. */
export interface Scenario {
  readonly seed: number;
  readonly wanted: Wanted;
  /** One request in so many fails on the candidate; null: none does. */
  readonly failsOneIn: number | null;
  readonly requestsPerMinute: number;
  /** Besides the default action, a rule that shares its traffic with a group of others, and one that is theirs alone. */
  readonly others: boolean;
  readonly deeds: readonly Timed[];
  readonly faults: readonly FaultInput[];
}

/** The run of a seed. */
export function scenarioOf(seed: number): Scenario {
  const chance = seeded(seed);
  return {
    seed,
    wanted: drawRequest(chance),
    failsOneIn: chance.often(0.25) ? chance.int(1, 4) : null,
    requestsPerMinute: chance.one([0, 10, 30, 30]),
    others: chance.often(0.3),
    deeds: chance.several(3, () => ({ minute: chance.int(0, 14), deed: drawDeed(chance) })),
    faults: chance.several(4, () => drawFault(chance)),
  };
}

function drawDeed(chance: Chance): Deed {
  if (chance.often(0.5)) {
    const command = chance.one(["pause", "resume", "approve", "promote", "abort"]);
    return { type: "command", command, times: chance.one([1, 1, 2]) };
  }
  return chance.one([
    { type: "freeze", frozen: true },
    { type: "freeze", frozen: false },
    { type: "write-weights", candidate: chance.int(0, 100) },
    { type: "add-rule" },
    { type: "stop-execution" },
    { type: "ask-again", whenLocked: chance.one(["refuse", "queue", "supersede"]) },
    { type: "undo" },
  ]);
}

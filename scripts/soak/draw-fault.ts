import type { FaultInput } from "../../packages/local-aws/src/index.ts";
import type { Chance } from "./chance.ts";

const HANDLERS = [
  "admit",
  "collect-metrics",
  "decide",
  "shift-weights",
  "roll-back",
  "settle",
  "receive-command",
  "recover",
  "sweep",
] as const;

/** What goes wrong: a few times in a row or now and then, with Espalier's own calls, handlers, events or metrics. */
export function drawFault(chance: Chance): FaultInput {
  const seed = chance.int(0, 1_000_000);
  const schedule = chance.often(0.5)
    ? { count: chance.int(1, 4), after: chance.int(0, 12), seed }
    : { probability: chance.int(1, 4) / 10, count: 30, seed };
  switch (chance.one(["call", "call", "handler", "handler", "delivery", "metric"])) {
    case "call":
      return { ...drawCallFault(chance), ...schedule };
    case "handler": {
      const kind = chance.one(["crash-before", "crash-during", "crash-after", "late-write"]);
      const during = { calls: chance.int(1, 4) };
      return {
        kind,
        function: chance.one(HANDLERS),
        ...(kind === "crash-during" || kind === "late-write" ? during : {}),
        ...(kind === "late-write" ? { lateSeconds: chance.int(1, 40) } : {}),
        ...schedule,
      } as FaultInput;
    }
    case "delivery":
      return {
        kind: chance.one(["duplicate", "late", "out-of-order"]),
        lateSeconds: chance.int(1, 90),
        ...schedule,
      };
    case "metric":
      return {
        kind: chance.one(["metrics-late", "metrics-missing"]),
        metric: chance.one(["*", "*5XX*", "*TotalRequestCount"]),
        lateSeconds: chance.int(60, 400),
        ...schedule,
      };
  }
}

// The soak's own wiring is spared: only what Espalier's role calls goes wrong.
const caller = "*espalier*";

function drawCallFault(chance: Chance): FaultInput {
  const kind = chance.one(["throttle", "error", "timeout-before-effect", "timeout-after-effect"]);
  const [service, operation] = chance.one([
    ["vpc-lattice", "UpdateRule"],
    ["vpc-lattice", "UpdateListener"],
    ["vpc-lattice", "Get*"],
    ["vpc-lattice", "*"],
    ["dynamodb", "PutItem"],
    ["dynamodb", "UpdateItem"],
    ["dynamodb", "*"],
    ["events", "PutEvents"],
    ["states", "SendTaskSuccess"],
    ["monitoring", "*"],
  ] as const);
  return chance.often(0.15)
    ? { kind: "partial", service: "events", operation: "PutEvents", caller }
    : { kind, service, operation, caller };
}

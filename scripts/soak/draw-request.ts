import type { Chance } from "./chance.ts";

/** What a run asks for, but for whom. Limits are short: whatever a rollout waits for has an end within the run. */
export type Wanted = Readonly<Record<string, unknown>>;

const match = { header: { name: "x-canary", exact: "yes" } };

/** Any strategy, with any of the gates. */
export function drawRequest(chance: Chance): Wanted {
  return {
    strategy: drawStrategy(chance),
    onDrift: chance.one(["abort", "adopt", "restore"]),
    unreadable: { minutes: chance.int(2, 6), otherwise: chance.one(["roll-back", "hold", "promote"]) },
    deadlines: {
      pausedMinutes: chance.int(2, 10),
      waitingMinutes: chance.int(2, 10),
      totalMinutes: chance.int(20, 60),
      otherwise: chance.one(["roll-back", "promote"]),
    },
    metrics: [{ name: "errors", weight: 1 }],
    ...(chance.often(0.2) ? { objective: { errorRate: 0.02 } } : {}),
  };
}

function drawStrategy(chance: Chance): object {
  const bake = () => chance.int(0, 3);
  switch (chance.one(["adaptive", "canary", "linear", "blue-green", "header", "shift"])) {
    case "adaptive": {
      const holdBack = chance.often(0.5) ? false : { share: 5, minutes: chance.int(1, 5) };
      return { type: "adaptive", holdBack, caps: [1] };
    }
    case "canary":
      return { type: "canary", steps: drawSteps(chance) };
    case "linear":
      return { type: "linear", by: chance.int(20, 60), everyMinutes: bake() };
    case "blue-green":
      return {
        type: "blue-green",
        ...(chance.often(0.5) ? { match } : {}),
        ...(chance.often(0.3) ? { approval: drawApproval(chance) } : {}),
        testMinutes: bake(),
        watchMinutes: bake(),
      };
    case "header":
      return {
        type: "header",
        match,
        bakeMinutes: bake(),
        steps: chance.often(0.5) ? drawSteps(chance) : [],
      };
    case "shift": {
      const back = chance.often(0.5) ? { backAfterMinutes: chance.int(1, 5) } : {};
      return { type: "shift", to: chance.int(1, 100), bakeMinutes: bake(), ...back };
    }
  }
}

function drawSteps(chance: Chance): object[] {
  let weight = chance.int(1, 5);
  const later = chance.several(2, () => {
    weight = Math.min(100, weight + chance.int(5, 45));
    return {
      weight,
      bakeMinutes: chance.int(0, 3),
      ...(chance.often(0.15) ? { certificate: true } : {}),
      ...(chance.often(0.15) ? { approval: drawApproval(chance) } : {}),
      ...(chance.often(0.15) ? { match } : {}),
    };
  });
  return [{ weight: 1, bakeMinutes: 1 }, ...later];
}

const drawApproval = (chance: Chance) => ({
  withinMinutes: chance.int(1, 6),
  otherwise: chance.one(["roll-back", "go-on"]),
});

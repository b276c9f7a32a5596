import { RolloutRequest } from "@espalier/rollout";

/** One rollout of the demonstration, and the outcome it must have. */
export interface Act {
  readonly title: string;
  readonly request: RolloutRequest;
  readonly expected: "promoted" | "rolled-back";
}

const inventory = (candidate: string, reason: string) =>
  RolloutRequest.parse({
    service: "inventory",
    candidate,
    strategy: {
      type: "canary",
      steps: [
        { weight: 10, bakeMinutes: 5 },
        { weight: 25, bakeMinutes: 5 },
        { weight: 50, bakeMinutes: 5 },
      ],
    },
    reason,
    requestedBy: "the demonstration",
  });

/** What is shown, in order: a healthy version is promoted, then one that fails 5% of its requests is rolled back. */
export const acts: readonly Act[] = [
  {
    title: "A healthy version: inventory-v1 → inventory-v2",
    request: inventory("inventory-v2", "v2 is healthy"),
    expected: "promoted",
  },
  {
    title: "A version that fails 5% of its requests: inventory-v2 → inventory-v3",
    request: inventory("inventory-v3", "v3 fails 5% of its requests"),
    expected: "rolled-back",
  },
];

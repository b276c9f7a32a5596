/** The detail of a request for a service's v2 in steps of a weight and so many minutes, judged by its errors alone. */
export const canary = (
  id: string,
  service: string,
  ...steps: readonly (readonly [weight: number, bakeMinutes: number])[]
) => ({
  ...{ id, service, candidate: `${service}-v2`, requestedBy: "bench", reason: "to be measured" },
  metrics: [{ name: "errors", weight: 1 }],
  strategy: { type: "canary", steps: steps.map(([weight, bakeMinutes]) => ({ weight, bakeMinutes })) },
});

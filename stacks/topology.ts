import type { TopologyDoor } from "./topology-door.ts";

/** A topology document that a deployment applies. */
export interface TopologyArgs {
  /** YAML or JSON. */
  readonly document: string;
  /** For its `${names}`. */
  readonly values: Record<string, $util.Input<string | readonly $util.Input<string>[]>>;
  /** What has to be there first, and goes only after the topology is gone. */
  readonly after?: readonly $util.Resource[];
}

/**
 * Has a document applied when this is deployed or changed, and destroyed when it is removed, and waits for the outcome: a
 * deployment fails where its topology does, and what the topology stands on is there as long as it is.
 */
export function topology(
  name: string,
  { requests, ready }: TopologyDoor,
  { document, values, after = [] }: TopologyArgs,
): aws.lambda.Invocation {
  return new aws.lambda.Invocation(
    name,
    {
      functionName: requests.name,
      lifecycleScope: "CRUD",
      input: $jsonStringify({ document, values }),
    },
    { dependsOn: [...ready, ...after], customTimeouts: { create: "20m", update: "20m", delete: "20m" } },
  );
}

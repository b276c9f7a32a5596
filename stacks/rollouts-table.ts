import { named } from "./names.ts";

/** The table of rollouts and locks; `list` finds the items of one kind, latest last. */
export function rolloutsTable(): aws.dynamodb.Table {
  return new aws.dynamodb.Table("Rollouts", {
    name: named("rollouts"),
    billingMode: "PAY_PER_REQUEST",
    hashKey: "pk",
    rangeKey: "sk",
    attributes: [
      { name: "pk", type: "S" },
      { name: "sk", type: "S" },
      { name: "kind", type: "S" },
      { name: "at", type: "S" },
    ],
    globalSecondaryIndexes: [{ name: "list", hashKey: "kind", rangeKey: "at", projectionType: "ALL" }],
    // Runs of topologies go after a month; what else is in here stays.
    ttl: { attributeName: "expires", enabled: true },
    pointInTimeRecovery: { enabled: true },
    serverSideEncryption: { enabled: true },
  });
}

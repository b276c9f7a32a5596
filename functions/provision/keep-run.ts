import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { translated } from "@espalier/lattice";
import { runKey, type TopologyRun } from "@espalier/topology";
import { conditionally, type RolloutsTable } from "../adapters/rollouts-table.ts";

/** Writes a run into the rollouts table, unless one with its id is there: a request told twice has one outcome. */
export async function keepRun({ client, name }: RolloutsTable, run: TopologyRun): Promise<void> {
  const put = new PutCommand({
    TableName: name,
    Item: { ...runKey(run.id), kind: "topology", ...run },
    ConditionExpression: "attribute_not_exists(pk)",
  });
  await conditionally(translated(client.send(put)));
}

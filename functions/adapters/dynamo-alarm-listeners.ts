import { DeleteCommand, PutCommand, paginateQuery } from "@aws-sdk/lib-dynamodb";
import { translated } from "@espalier/lattice";
import { type AlarmListeners, table } from "@espalier/rollout";
import type { RolloutsTable } from "./rollouts-table.ts";

/** Which rollouts are to hear of which alarm, in DynamoDB: one item for each alarm and rollout. */
export function dynamoAlarmListeners({ client, name: TableName }: RolloutsTable): AlarmListeners {
  async function listeners(alarm: string): Promise<string[]> {
    const rollouts: string[] = [];
    const query = {
      TableName,
      ConsistentRead: true,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": table.alarm(alarm, "").pk },
    };
    for await (const { Items = [] } of paginateQuery({ client }, query)) {
      rollouts.push(...Items.map(({ sk }) => String(sk)));
    }
    return rollouts;
  }

  return {
    async add(alarm, rollout) {
      await translated(client.send(new PutCommand({ TableName, Item: table.alarm(alarm, rollout) })));
    },
    async remove(alarm, rollout) {
      await translated(client.send(new DeleteCommand({ TableName, Key: table.alarm(alarm, rollout) })));
    },
    of: (alarm) => translated(listeners(alarm)),
  };
}

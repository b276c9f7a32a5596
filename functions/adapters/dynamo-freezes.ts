import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { translated } from "@espalier/lattice";
import { type Freezes, Frozen, table } from "@espalier/rollout";
import * as z from "zod";
import { conditionally, type RolloutsTable } from "./rollouts-table.ts";

const Item = z.object({ frozen: Frozen.nullable() });

/** The freeze switch in DynamoDB: one item, which stays when nobody freezes any more, so that words out of order are seen. */
export function dynamoFreezes({ client, name: TableName }: RolloutsTable): Freezes {
  return {
    async read() {
      const get = new GetCommand({ TableName, Key: table.freeze(), ConsistentRead: true });
      const { Item: item } = await translated(client.send(get));
      return item === undefined ? null : Item.parse(item).frozen;
    },
    async set(frozen, at) {
      // Times are whole seconds, and two words of one second may come in any order.
      const counts = frozen === null ? "#at < :at OR (#at = :at AND frozen = :none)" : "#at <= :at";
      const put = new PutCommand({
        TableName,
        Item: { ...table.freeze(), frozen, at },
        ConditionExpression: `attribute_not_exists(pk) OR ${counts}`,
        ExpressionAttributeNames: { "#at": "at" },
        ExpressionAttributeValues: { ":at": at, ...(frozen === null ? { ":none": null } : {}) },
      });
      return conditionally(translated(client.send(put)));
    },
  };
}

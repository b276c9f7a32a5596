import { DeleteCommand, GetCommand, PutCommand, paginateQuery, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { translated } from "@espalier/lattice";
import { Lock, type ServiceLocks, table } from "@espalier/rollout";
import { conditionally, type RolloutsTable } from "./rollouts-table.ts";

const heldSo = {
  ConditionExpression: "#owner = :owner AND generation = :generation",
  ExpressionAttributeNames: { "#owner": "owner" },
};

/** The locks of services in DynamoDB, one item each. */
export function dynamoLocks({ client, name: TableName }: RolloutsTable): ServiceLocks {
  async function read(service: string): Promise<Lock | undefined> {
    const get = new GetCommand({ TableName, Key: table.lock(service), ConsistentRead: true });
    const { Item } = await translated(client.send(get));
    return Item === undefined ? undefined : Lock.parse(Item);
  }

  return {
    read,

    async take(lock) {
      const put = new PutCommand({
        TableName,
        Item: { ...table.lock(lock.service), kind: table.kinds.lock, ...lock },
        ConditionExpression: "attribute_not_exists(pk) OR #owner = :owner",
        ExpressionAttributeNames: { "#owner": "owner" },
        ExpressionAttributeValues: { ":owner": lock.owner },
      });
      if (await conditionally(translated(client.send(put)))) return { ...lock, recoveries: 0 };
      // Released in between: whoever asks again will get it.
      return (await read(lock.service)) ?? this.take(lock);
    },

    async release({ service, owner, generation }) {
      const remove = new DeleteCommand({
        TableName,
        Key: table.lock(service),
        ...heldSo,
        ExpressionAttributeValues: { ":owner": owner, ":generation": generation },
      });
      await conditionally(translated(client.send(remove)));
    },

    swap(from, owner, recoveries) {
      const update = new UpdateCommand({
        TableName,
        Key: table.lock(from.service),
        UpdateExpression: "SET #owner = :next, generation = :nextGeneration, recoveries = :recoveries",
        ...heldSo,
        ExpressionAttributeValues: {
          ":owner": from.owner,
          ":generation": from.generation,
          ":next": owner,
          ":nextGeneration": from.generation + 1,
          ":recoveries": recoveries,
        },
      });
      return conditionally(translated(client.send(update)));
    },

    async list() {
      const locks: Lock[] = [];
      const pages = paginateQuery(
        { client },
        {
          TableName,
          IndexName: table.index,
          KeyConditionExpression: "#kind = :kind",
          ExpressionAttributeNames: { "#kind": "kind" },
          ExpressionAttributeValues: { ":kind": table.kinds.lock },
        },
      );
      for await (const { Items = [] } of pages) locks.push(...Items.map((item) => Lock.parse(item)));
      return locks;
    },
  };
}

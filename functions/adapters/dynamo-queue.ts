import { DeleteCommand, PutCommand, paginateQuery, type QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import { translated } from "@espalier/lattice";
import { type ServiceQueue, table, Waiting } from "@espalier/rollout";
import { conditionally, type RolloutsTable } from "./rollouts-table.ts";

/** The queues of services in DynamoDB: one item a place, beside the lock that is waited for. */
export function dynamoQueue({ client, name: TableName }: RolloutsTable): ServiceQueue {
  async function query(condition: Omit<QueryCommandInput, "TableName">): Promise<Waiting[]> {
    const waiting: Waiting[] = [];
    for await (const { Items = [] } of paginateQuery({ client }, { TableName, ...condition })) {
      waiting.push(...Items.map((item) => Waiting.parse(item)));
    }
    return waiting;
  }

  const queueOf = (service: string) =>
    translated(
      query({
        ConsistentRead: true,
        KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
        ExpressionAttributeValues: { ":pk": table.lock(service).pk, ":prefix": table.waitingPrefix },
      }),
    );

  return {
    of: queueOf,

    async join(waiting) {
      const before = (await queueOf(waiting.service)).find(({ rollout }) => rollout === waiting.rollout);
      if (before !== undefined) return before.owner === waiting.owner;
      const put = new PutCommand({
        TableName,
        Item: { ...table.waiting(waiting.service, placeOf(waiting)), kind: table.kinds.waiting, ...waiting },
        ConditionExpression: "attribute_not_exists(pk) OR #owner = :owner",
        ExpressionAttributeNames: { "#owner": "owner" },
        ExpressionAttributeValues: { ":owner": waiting.owner },
      });
      return conditionally(translated(client.send(put)));
    },

    async leave({ service, rollout, owner }) {
      const ours = (await queueOf(service)).filter((one) => one.rollout === rollout && one.owner === owner);
      for (const waiting of ours) {
        const Key = table.waiting(service, placeOf(waiting));
        await translated(client.send(new DeleteCommand({ TableName, Key })));
      }
    },

    list: () =>
      translated(
        query({
          IndexName: table.index,
          KeyConditionExpression: "#kind = :kind",
          ExpressionAttributeNames: { "#kind": "kind" },
          ExpressionAttributeValues: { ":kind": table.kinds.waiting },
        }),
      ),
  };
}

/** Sorts in the order of the queue, and is its own for each rollout. */
const placeOf = ({ first, at, rollout }: Waiting) => `${first ? 0 : 1}#${at}#${rollout}`;

import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, paginateQuery } from "@aws-sdk/lib-dynamodb";
import { Commit, table as layout, Meta, type Stored } from "@espalier/rollout";

/** Reads the table of rollouts, in whatever AWS the environment names. It never writes. */
export interface RolloutsTable {
  /** Every rollout's meta, the newest first. */
  list(): Promise<readonly Meta[]>;
  /** One rollout's meta and history; both empty where there is no such rollout. */
  load(id: string): Promise<Stored>;
}

/** The table of this name. */
export function rolloutsTable(TableName: string): RolloutsTable {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
  return {
    async list() {
      const items = await all(client, {
        TableName,
        IndexName: layout.index,
        KeyConditionExpression: "kind = :kind",
        ExpressionAttributeValues: { ":kind": layout.kinds.rollout },
        ScanIndexForward: false,
      });
      return items.map((item) => Meta.parse(item));
    },
    async load(id) {
      const items = await all(client, {
        TableName,
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": layout.partition(id) },
        ConsistentRead: true,
      });
      const meta = items.find((item) => item.sk === "META");
      const commits = items.filter((item) => String(item.sk).startsWith(layout.commitPrefix));
      return { meta: meta && Meta.parse(meta), commits: commits.map((item) => Commit.parse(item)) };
    },
  };
}

type Query = Parameters<typeof paginateQuery>[1];

async function all(client: DynamoDBDocumentClient, query: Query): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  for await (const page of paginateQuery({ client }, query)) items.push(...(page.Items ?? []));
  return items;
}

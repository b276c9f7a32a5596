import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, paginateQuery } from "@aws-sdk/lib-dynamodb";
import { Commit, Frozen, table as layout, Meta, type Stored } from "@espalier/rollout";

/** Reads the table of rollouts, in whatever AWS the environment names. It never writes. */
export interface RolloutsTable {
  /** Every rollout's meta, the newest first. */
  list(): Promise<readonly Meta[]>;
  /** Who has frozen all rollouts; null while nobody has. */
  frozen(): Promise<Frozen | null>;
  /** One rollout's meta and history, of that only the commits after number `after`; both empty where there is no such rollout. */
  load(id: string, after?: number): Promise<Stored>;
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
    async frozen() {
      const get = new GetCommand({ TableName, Key: layout.freeze(), ConsistentRead: true });
      const { Item } = await client.send(get);
      return Frozen.nullable().parse(Item?.frozen ?? null);
    },
    async load(id, after = 0) {
      const { pk, sk } = layout.commit(id, after);
      const items = await all(client, {
        TableName,
        KeyConditionExpression: "pk = :pk AND sk > :last",
        ExpressionAttributeValues: { ":pk": pk, ":last": sk },
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

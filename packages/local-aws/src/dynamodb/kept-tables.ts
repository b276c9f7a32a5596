import * as z from "zod";
import type { Storage } from "../storage/storage.ts";
import type { DynamoEngine } from "./engine.ts";
import { settleTable } from "./settle-table.ts";
import { CreatedTable, DescribedTable } from "./table-description.ts";

type Item = Readonly<Record<string, unknown>>;

/** What is kept of a table besides its items. */
interface KeptTable {
  /** The input of CreateTable that makes the table as it is now. */
  readonly create: z.infer<typeof CreatedTable>;
  readonly tags: readonly unknown[];
  /** The members of its description that a table made anew would have differently. */
  readonly identity: Item;
}

/** The inputs that change tables or items. */
const Change = z.looseObject({
  TableName: z.string().optional(),
  ResourceArn: z.string().optional(),
  Key: z.record(z.string(), z.unknown()).optional(),
  Item: z.record(z.string(), z.unknown()).optional(),
  RequestItems: z
    .record(
      z.string(),
      z.array(
        z.union([
          z.object({ PutRequest: z.object({ Item: z.record(z.string(), z.unknown()) }) }),
          z.object({ DeleteRequest: z.object({ Key: z.record(z.string(), z.unknown()) }) }),
        ]),
      ),
    )
    .optional(),
});

const writes: ReadonlySet<string> = new Set([
  "BatchWriteItem",
  "CreateTable",
  "DeleteItem",
  "DeleteTable",
  "PutItem",
  "TagResource",
  "UntagResource",
  "UpdateItem",
  "UpdateTable",
]);

/** The tables on disk. */
export interface KeptTables {
  /** Resolves when the engine holds what was kept. */
  readonly restored: Promise<void>;
  /** Keeps what an operation, which has succeeded, has left; resolves when that can be told. */
  keep(operation: string, body: string): Promise<void>;
  /** The answer of DescribeTable, with the dates and the id of the table's creation and not of its restoration. */
  described(answer: string): string;
}

/** Nothing is kept where nothing outlives the process. */
export function keptTables(engine: DynamoEngine, storage: Storage): KeptTables {
  const tables = storage.map<KeptTable>("dynamodb.tables");
  const itemsOf = (table: string) => storage.map<Item>(`dynamodb.items ${table}`);
  const ask = async (operation: string, input: object) =>
    JSON.parse(await engine(operation, JSON.stringify(input)));

  const keepTable = async (TableName: string) => {
    const { Table } = await ask("DescribeTable", { TableName });
    const { Tags } = await ask("ListTagsOfResource", { ResourceArn: Table.TableArn });
    const { CreationDateTime, TableId, BillingModeSummary } = Table;
    const identity = { CreationDateTime, TableId, ...(BillingModeSummary && { BillingModeSummary }) };
    const known = tables.get(TableName);
    const create = CreatedTable.parse(Table);
    tables.set(TableName, { create, tags: Tags ?? [], identity: known?.identity ?? identity });
  };
  const keepItem = async (TableName: string, attributes: Item) => {
    const names = (tables.get(TableName)?.create.KeySchema ?? []).map(({ AttributeName }) => AttributeName);
    const Key = Object.fromEntries(names.map((name) => [name, attributes[name]]));
    const { Item } = await ask("GetItem", { TableName, Key, ConsistentRead: true });
    const key = JSON.stringify(Key);
    if (Item === undefined) itemsOf(TableName).delete(key);
    else itemsOf(TableName).set(key, Item);
  };
  const keepWhatIs = async (operation: string, body: string) => {
    const { TableName = "", ResourceArn = "", Key, Item, RequestItems } = Change.parse(JSON.parse(body));
    switch (operation) {
      case "CreateTable":
      case "UpdateTable":
        return await keepTable(nameOf(TableName));
      case "TagResource":
      case "UntagResource":
        return await keepTable(nameOf(ResourceArn));
      case "DeleteTable":
        itemsOf(nameOf(TableName)).clear();
        tables.delete(nameOf(TableName));
        return;
      case "PutItem":
      case "UpdateItem":
      case "DeleteItem":
        return await keepItem(nameOf(TableName), Item ?? Key ?? {});
      case "BatchWriteItem":
        for (const [table, requests] of Object.entries(RequestItems ?? {}))
          for (const request of requests)
            await keepItem(
              nameOf(table),
              "PutRequest" in request ? request.PutRequest.Item : request.DeleteRequest.Key,
            );
    }
  };
  const restore = async () => {
    for (const [TableName, { create, tags, identity: _ }] of tables) {
      const { TableDescription } = await ask("CreateTable", create);
      await settleTable(engine, "CreateTable", TableName);
      if (tags.length > 0) await ask("TagResource", { ResourceArn: TableDescription.TableArn, Tags: tags });
      for (const Item of itemsOf(TableName).values()) await ask("PutItem", { TableName, Item });
    }
  };

  // One after the other, so that what is kept last is what was there last.
  let kept: Promise<void> = Promise.resolve();
  return {
    restored: restore(),
    async keep(operation, body) {
      if (!storage.durable || !writes.has(operation)) return;
      const keeping = kept.then(() => keepWhatIs(operation, body));
      kept = keeping.catch(() => undefined);
      await keeping;
    },
    described(answer) {
      if (!storage.durable) return answer;
      const { Table } = DescribedTable.parse(JSON.parse(answer));
      return JSON.stringify({ Table: { ...Table, ...tables.get(Table.TableName)?.identity } });
    },
  };
}

/** A table may be named by its ARN. */
const nameOf = (nameOrArn: string) => nameOrArn.slice(nameOrArn.lastIndexOf("/") + 1);

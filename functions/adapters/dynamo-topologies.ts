import { DeleteCommand, GetCommand, PutCommand, paginateQuery } from "@aws-sdk/lib-dynamodb";
import { translated } from "@espalier/lattice";
import { type Drift, runsLayout, type Topologies, TopologyDocument } from "@espalier/topology";
import { packInto, readPartition } from "./pieces.ts";
import { conditionally, type RolloutsTable } from "./rollouts-table.ts";

/** An end that is told late changes nothing of what came after it. */
const unlessLater = (at: string) => ({
  ConditionExpression: "attribute_not_exists(pk) OR #at <= :at",
  ExpressionAttributeNames: { "#at": "at" },
  ExpressionAttributeValues: { ":at": at },
});

/** What was last applied under each name, in DynamoDB, and what was last told of its drift. */
export function dynamoTopologies(table: RolloutsTable): Topologies {
  const { client, name: TableName } = table;
  const remove = async (Key: Record<string, string>) => {
    await translated(client.send(new DeleteCommand({ TableName, Key })));
  };
  /** The document last applied, and the role as which an apply was last begun. */
  async function known(name: string) {
    const { pk, sk } = runsLayout.applied(name);
    const { items, unpacked } = await readPartition(table, pk);
    const applied = items.find((item) => item.sk === sk);
    const begun = items.find((item) => item.sk === runsLayout.role(name).sk);
    return {
      applied: applied && TopologyDocument.parse(unpacked(applied)),
      role: begun && String(begun.role),
    };
  }

  return {
    applied: async (name) => (await known(name)).applied,

    async roleOf(name) {
      const { applied, role } = await known(name);
      return applied?.role ?? role;
    },

    async begin(name, role) {
      const Item = { ...runsLayout.role(name), role };
      await translated(client.send(new PutCommand({ TableName, Item })));
    },

    async keep(document, run, at) {
      const key = runsLayout.applied(document.name);
      const packed = await packInto(table, key.pk, document);
      const Item = { ...key, kind: runsLayout.names, name: document.name, run, at, ...packed };
      await conditionally(translated(client.send(new PutCommand({ TableName, Item, ...unlessLater(at) }))));
    },

    async forget(name, at) {
      const Key = runsLayout.applied(name);
      const forgotten = translated(client.send(new DeleteCommand({ TableName, Key, ...unlessLater(at) })));
      if (!(await conditionally(forgotten))) return;
      await remove({ ...runsLayout.drift(name) });
      await remove({ ...runsLayout.role(name) });
    },

    async names() {
      const pages = paginateQuery(
        { client },
        {
          TableName,
          IndexName: runsLayout.index,
          KeyConditionExpression: "kind = :kind",
          ExpressionAttributeValues: { ":kind": runsLayout.names },
        },
      );
      const names: string[] = [];
      for await (const { Items = [] } of pages) names.push(...Items.map(({ name }) => String(name)));
      return names;
    },

    async told(name) {
      const get = new GetCommand({ TableName, Key: runsLayout.drift(name), ConsistentRead: true });
      const { Item } = await translated(client.send(get));
      return Item && { digest: String(Item.digest), at: String(Item.at) };
    },

    async tell(name, drift: Drift | undefined) {
      const key = runsLayout.drift(name);
      if (drift === undefined) return remove({ ...key });
      await translated(client.send(new PutCommand({ TableName, Item: { ...key, ...drift } })));
    },
  };
}

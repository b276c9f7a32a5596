import { PutCommand, paginateQuery, QueryCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { translated } from "@espalier/lattice";
import { type RunEntry, type RunRequest, type Runs, runsLayout, TopologyRun } from "@espalier/topology";
import { packInto, readPartition } from "./pieces.ts";
import { conditionally, type RolloutsTable } from "./rollouts-table.ts";

/** Runs in DynamoDB: one item for the beginning, one an entry, one for the end. */
export function dynamoRuns(table: RolloutsTable): Runs {
  const { client, name: TableName } = table;
  const put = (Item: Record<string, unknown>, condition: Condition) =>
    conditionally(translated(client.send(new PutCommand({ TableName, Item, ...condition }))));

  async function ended(id: string): Promise<TopologyRun | undefined> {
    const { pk, sk } = runsLayout.ended(id);
    const one = new QueryCommand({
      TableName,
      KeyConditionExpression: "pk = :pk AND sk = :sk",
      ExpressionAttributeValues: { ":pk": pk, ":sk": sk },
      ConsistentRead: true,
      Select: "COUNT",
    });
    if ((await translated(client.send(one))).Count === 0) return undefined;
    const { items, unpacked } = await readPartition(table, runsLayout.partition(id));
    const item = items.find(({ sk }) => sk === runsLayout.ended(id).sk);
    return item && TopologyRun.parse(unpacked(item));
  }

  return {
    ended,

    async begin({ id, owner, at, request }) {
      const key = runsLayout.begun(id);
      const lasting = lastingOf(at);
      const packed = await packInto(table, key.pk, request, lasting);
      const { name } = request.document;
      const kind = runsLayout.kinds.begun;
      return put(
        { ...key, ...lasting, kind, id, owner, at, name, type: request.type, ...packed },
        unlessAnothers(owner),
      );
    },

    async load(id) {
      const { items, unpacked } = await readPartition(table, runsLayout.partition(id));
      const begun = items.find(({ sk }) => sk === runsLayout.begun(id).sk);
      if (begun === undefined) return undefined;
      const entries = items.filter(({ sk }) => String(sk).startsWith(runsLayout.entryPrefix));
      return {
        ...{ id, owner: String(begun.owner), at: String(begun.at) },
        request: unpacked(begun) as RunRequest,
        entries: entries.map((item) => unpacked(item) as RunEntry),
      };
    },

    async append(id, seq, entry, at, showing) {
      const key = runsLayout.entry(id, seq);
      const lasting = lastingOf(at);
      const packed = await packInto(table, key.pk, entry, lasting);
      return put({ ...key, ...lasting, at, ...showing, ...packed }, unlessThere);
    },

    async end(run, owner) {
      const key = runsLayout.ended(run.id);
      const { id, name, at, status } = run;
      const lasting = lastingOf(at);
      const packed = await packInto(table, key.pk, run, lasting);
      const kind = runsLayout.kinds.untold;
      const ours = await put(
        { ...key, ...lasting, kind, id, owner, name, at, status, ...packed },
        unlessThere,
      );
      await forgetBegun(id);
      return ours ? run : ((await ended(id)) ?? run);
    },

    async told(id) {
      const update = new UpdateCommand({
        TableName,
        Key: runsLayout.ended(id),
        UpdateExpression: "SET kind = :kind",
        ExpressionAttributeValues: { ":kind": runsLayout.kinds.ended },
      });
      await translated(client.send(update));
    },

    underway: () => listed(runsLayout.kinds.begun),
    untold: (before) => listed(runsLayout.kinds.untold, before),
  };

  /** Those of a kind, of before a time. */
  async function listed(kind: string, before = "9") {
    const found: { id: string; owner: string }[] = [];
    const pages = paginateQuery(
      { client },
      {
        TableName,
        IndexName: runsLayout.index,
        KeyConditionExpression: "kind = :kind AND #at < :before",
        ExpressionAttributeValues: { ":kind": kind, ":before": before },
        ProjectionExpression: "id, #owner",
        ExpressionAttributeNames: { "#owner": "owner", "#at": "at" },
      },
    );
    for await (const { Items = [] } of pages)
      found.push(...Items.map(({ id, owner }) => ({ id: String(id), owner: String(owner) })));
    return found;
  }

  /** The index finds it no more; a run that never began has nothing to forget. */
  async function forgetBegun(id: string): Promise<void> {
    const update = new UpdateCommand({
      TableName,
      Key: runsLayout.begun(id),
      UpdateExpression: "REMOVE kind",
      ConditionExpression: "attribute_exists(pk)",
    });
    await conditionally(translated(client.send(update)));
  }
}

const lastingOf = (at: string) => ({ expires: runsLayout.expires(at) });

type Condition = Pick<
  ConstructorParameters<typeof PutCommand>[0],
  "ConditionExpression" | "ExpressionAttributeNames" | "ExpressionAttributeValues"
>;

const unlessThere: Condition = { ConditionExpression: "attribute_not_exists(pk)" };

const unlessAnothers = (owner: string): Condition => ({
  ConditionExpression: "attribute_not_exists(pk) OR #owner = :owner",
  ExpressionAttributeNames: { "#owner": "owner" },
  ExpressionAttributeValues: { ":owner": owner },
});

import { GetCommand, PutCommand, paginateQuery, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { translated } from "@espalier/lattice";
import {
  type Command,
  Commit,
  Meta,
  type Receipt,
  type Recent,
  type RolloutStore,
  type RolloutSummary,
  Snapshot,
  table,
} from "@espalier/rollout";
import { conditionally, type RolloutsTable } from "./rollouts-table.ts";

// An item holds 400 kB, and a command takes 2.6 of them where each of its letters takes three bytes. The last places are kept for
// what ends a rollout, which no flood is to shut out.
const MOST_COMMANDS = 120;
const MOST_WITH_ABORTS = 140;

/** Rollouts in DynamoDB: a meta item and one item a commit, each written conditionally and alone. */
export function dynamoStore({ client, name }: RolloutsTable): RolloutStore {
  const update = (id: string, change: Omit<UpdateCommand["input"], "TableName" | "Key">) =>
    translated(client.send(new UpdateCommand({ TableName: name, Key: table.meta(id), ...change })));

  return {
    load: (id) => translated(load({ client, name }, id)),

    async first(id) {
      const get = new GetCommand({ TableName: name, Key: table.commit(id, 1), ConsistentRead: true });
      const { Item } = await translated(client.send(get));
      return Item === undefined ? undefined : Commit.parse(Item);
    },

    async keep(id, snapshot) {
      const Item = { ...table.snapshot(id), ...snapshot };
      await translated(client.send(new PutCommand({ TableName: name, Item })));
    },

    commit: (id, commit) =>
      conditionally(
        translated(
          client.send(
            new PutCommand({
              TableName: name,
              Item: { ...table.commit(id, commit.seq), ...commit },
              ConditionExpression: "attribute_not_exists(pk)",
            }),
          ),
        ),
      ),

    async open(meta) {
      const Item = { ...table.meta(meta.id), kind: table.kinds.rollout, ...meta };
      const put = new PutCommand({ TableName: name, Item, ConditionExpression: "attribute_not_exists(pk)" });
      await conditionally(translated(client.send(put)));
    },

    async takeOver(id, { owner, generation, at }) {
      await conditionally(
        update(id, {
          UpdateExpression:
            "SET #owner = :owner, generation = :generation, #id = if_not_exists(#id, :id), #kind = if_not_exists(#kind, :kind), #at = if_not_exists(#at, :at), inbox = if_not_exists(inbox, :none), publishedSeq = if_not_exists(publishedSeq, :zero), settled = if_not_exists(settled, :false)",
          ConditionExpression: "attribute_not_exists(pk) OR generation < :generation",
          ExpressionAttributeNames: { "#owner": "owner", "#id": "id", "#kind": "kind", "#at": "at" },
          ExpressionAttributeValues: {
            ":owner": owner,
            ":generation": generation,
            ":id": id,
            ":kind": table.kinds.rollout,
            ":at": at,
            ":none": [],
            ":zero": 0,
            ":false": false,
          },
        }),
      );
    },

    receive: (id, command) => receive({ client, name }, id, command),

    async nudge(id) {
      try {
        const { Attributes } = await update(id, {
          UpdateExpression: "ADD nudges :one",
          ConditionExpression: "attribute_exists(pk)",
          ExpressionAttributeValues: { ":one": 1 },
          ReturnValues: "ALL_NEW",
        });
        return Meta.parse(Attributes).token;
      } catch (error) {
        if (error instanceof Error && error.name === "ConditionalCheckFailedException") return undefined;
        throw error;
      }
    },

    async close(id) {
      await update(id, {
        UpdateExpression: "SET settled = :true",
        ConditionExpression: "attribute_exists(pk)",
        ExpressionAttributeValues: { ":true": true },
      });
    },

    async markPublished(id, seq, summary: RolloutSummary | undefined) {
      await conditionally(
        update(id, {
          UpdateExpression: `SET publishedSeq = :seq${summary === undefined ? "" : ", summary = :summary"}`,
          ConditionExpression: "publishedSeq < :seq",
          ExpressionAttributeValues: { ":seq": seq, ":summary": summary },
        }),
      );
    },
  };
}

// A snapshot, the meta, and the commits since: one page, unless a snapshot is missing.
const PAGE = 25;

/** Reads the newest items first, back to the snapshot. */
async function load({ client, name }: RolloutsTable, id: string): Promise<Recent> {
  let meta: Meta | undefined;
  let snapshot: Snapshot | undefined;
  const commits: Commit[] = [];
  const pages = paginateQuery(
    { client, pageSize: PAGE },
    {
      TableName: name,
      ConsistentRead: true,
      ScanIndexForward: false,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": table.partition(id) },
    },
  );
  for await (const { Items = [] } of pages) {
    for (const item of Items) {
      if (item.sk === table.snapshot(id).sk) snapshot = Snapshot.safeParse(item).data;
      else if (item.sk === table.meta(id).sk) meta = Meta.parse(item);
      else if (String(item.sk).startsWith(table.commitPrefix)) {
        const commit = Commit.parse(item);
        if (commit.seq <= (snapshot?.seq ?? 0)) return { meta, snapshot, commits };
        commits.unshift(commit);
      }
    }
  }
  return { meta, snapshot, commits };
}

async function receive({ client, name }: RolloutsTable, id: string, command: Command): Promise<Receipt> {
  const Key = table.meta(id);
  const appended = await append({ client, name }, id, command);
  if (appended !== undefined) return { type: "received", ...tokenOf(appended) };
  const { Item } = await translated(
    client.send(new GetCommand({ TableName: name, Key, ConsistentRead: true })),
  );
  if (Item === undefined) return { type: "unknown" };
  const meta = Meta.parse(Item);
  if (meta.inbox.some((one) => one.id === command.id)) return { type: "repeated", ...tokenOf(meta) };
  return { type: meta.settled ? "settled" : "full" };
}

/** Appends a new command to the inbox of an open rollout; the meta as it is then, or undefined if it is not to be. */
async function append(
  { client, name }: RolloutsTable,
  id: string,
  command: Command,
): Promise<Meta | undefined> {
  const update = new UpdateCommand({
    TableName: name,
    Key: table.meta(id),
    UpdateExpression:
      "SET inbox = list_append(inbox, :commands), inboxIds = list_append(if_not_exists(inboxIds, :none), :ids)",
    ConditionExpression:
      "attribute_exists(pk) AND settled = :false AND NOT contains(inboxIds, :id) AND size(inbox) < :most",
    ExpressionAttributeValues: {
      ":commands": [command],
      ":ids": [command.id],
      ":id": command.id,
      ":none": [],
      ":false": false,
      ":most": command.type === "abort" ? MOST_WITH_ABORTS : MOST_COMMANDS,
    },
    ReturnValues: "ALL_NEW",
  });
  try {
    return Meta.parse((await translated(client.send(update))).Attributes);
  } catch (error) {
    if (error instanceof Error && error.name === "ConditionalCheckFailedException") return undefined;
    throw error;
  }
}

const tokenOf = ({ token }: Meta) => (token === undefined ? {} : { token });

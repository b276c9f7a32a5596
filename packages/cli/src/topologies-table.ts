import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, paginateQuery, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { Lock, table as layout } from "@espalier/rollout";
import { runsLayout, type Showing, TopologyDocument, TopologyRun, unpack } from "@espalier/topology";

/** What the table has of a run: whether it has begun, what it did since an entry, and how it ended. */
export interface RunChapter {
  readonly begun: boolean;
  /** The sort key of the last entry, to go on from. */
  readonly last: string;
  readonly news: readonly Showing[];
  readonly ended: TopologyRun | undefined;
}

/** Reads runs of topologies in the rollouts table, in whatever AWS the environment names. It never writes. */
export interface TopologiesTable {
  /** A run's entries after the one named `last`. */
  chapter(run: string, last?: string): Promise<RunChapter>;
  /** The ids of runs under way, and of those that have ended, each with the newest first, at most so many. */
  latest(most: number): Promise<readonly RunHead[]>;
  /** A run of this id, whether it has ended or not. */
  head(run: string): Promise<RunHead | undefined>;
  /** Who holds a service, by its ARN: `rollout payment-7`. */
  holderOf(service: string): Promise<string | undefined>;
  /** The document last applied under a name, and the run that did. */
  applied(name: string): Promise<{ readonly document: TopologyDocument; readonly run: string } | undefined>;
  /** The role of that document, else the one as which an apply of the name was last begun. */
  roleOf(name: string): Promise<string | undefined>;
  /** The names under which documents were applied. */
  names(): Promise<readonly string[]>;
}

/** A run as the list of runs has it. `status` is `running` while it is under way. */
export interface RunHead {
  readonly id: string;
  readonly name: string;
  readonly at: string;
  readonly status: TopologyRun["status"] | "running";
}

type Item = Readonly<Record<string, unknown>>;

/** The table of this name. */
export function topologiesTable(TableName: string): TopologiesTable {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));

  async function query(pk: string, after = " "): Promise<Item[]> {
    const items: Item[] = [];
    const pages = paginateQuery(
      { client },
      {
        TableName,
        KeyConditionExpression: "pk = :pk AND sk > :after",
        ExpressionAttributeValues: { ":pk": pk, ":after": after },
        ConsistentRead: true,
      },
    );
    for await (const { Items = [] } of pages) items.push(...Items);
    return items;
  }

  async function newest(kind: string, most: number): Promise<Item[]> {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName,
        IndexName: runsLayout.index,
        KeyConditionExpression: "kind = :kind",
        ExpressionAttributeValues: { ":kind": kind },
        ScanIndexForward: false,
        Limit: most,
      }),
    );
    return Items;
  }

  async function applied(name: string) {
    const { pk, sk } = runsLayout.applied(name);
    const items = await query(pk);
    const item = items.find((one) => one.sk === sk);
    return item && { document: TopologyDocument.parse(unpacked(item, items)), run: String(item.run) };
  }

  return {
    applied,

    async roleOf(name) {
      const role = (await applied(name))?.document.role;
      if (role !== undefined) return role;
      const get = new GetCommand({ TableName, Key: runsLayout.role(name), ConsistentRead: true });
      const { Item } = await client.send(get);
      return Item && String(Item.role);
    },

    names: async () => (await newest(runsLayout.names, 1000)).map(({ name }) => String(name)),

    async chapter(run, last = runsLayout.entryPrefix) {
      const items = await query(
        runsLayout.partition(run),
        last === runsLayout.entryPrefix ? undefined : last,
      );
      const entries = items.filter(({ sk }) => String(sk).startsWith(runsLayout.entryPrefix));
      const end = items.find(({ sk }) => sk === runsLayout.ended(run).sk);
      return {
        begun: last !== runsLayout.entryPrefix || items.length > 0,
        last: String(entries.at(-1)?.sk ?? last),
        news: entries.map(({ done, underway, open }) => ({ done, underway, open }) as Showing),
        ended: end && TopologyRun.parse(unpacked(end, items)),
      };
    },

    async latest(most) {
      const { begun, untold, ended } = runsLayout.kinds;
      const found = await Promise.all([begun, untold, ended].map((kind) => newest(kind, most)));
      // What has ended has a status; an index may have it as begun for a moment longer.
      const heads = found.flat().map((item) => headOf({ status: "running", ...item }));
      return heads.sort((one, other) => (one.at < other.at ? 1 : -1)).slice(0, most);
    },

    async head(run) {
      const items = await query(runsLayout.partition(run));
      const end = items.find(({ sk }) => sk === runsLayout.ended(run).sk);
      const begun = items.find(({ sk }) => sk === runsLayout.begun(run).sk);
      return end ? headOf(end) : begun && headOf({ ...begun, status: "running" });
    },

    async holderOf(service) {
      const get = new GetCommand({ TableName, Key: layout.lock(service), ConsistentRead: true });
      const { Item } = await client.send(get);
      if (Item === undefined) return undefined;
      const { work, rollout } = Lock.parse(Item);
      return `${work} ${rollout}`;
    },
  };
}

const headOf = ({ id, name, at, status }: Item) => ({ id, name, at, status }) as RunHead;

/** What is in an item; a large value lies in pieces beside it. */
function unpacked({ pk, packed, digest, pieces }: Item, items: readonly Item[]): unknown {
  if (packed instanceof Uint8Array) return unpack(packed);
  const parts = Array.from({ length: Number(pieces) }, (_, number) => {
    const { sk } = runsLayout.piece(String(pk), String(digest), number);
    const data = items.find((item) => item.sk === sk)?.data;
    if (!(data instanceof Uint8Array)) throw new Error(`piece ${number} of ${digest} is not in ${pk}`);
    return data;
  });
  return unpack(Buffer.concat(parts));
}

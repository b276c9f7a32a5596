import { createHash } from "node:crypto";
import { PutCommand, paginateQuery } from "@aws-sdk/lib-dynamodb";
import { translated } from "@espalier/lattice";
import { pack, runsLayout, unpack } from "@espalier/topology";
import type { RolloutsTable } from "./rollouts-table.ts";

/** An item of DynamoDB has at most 400 KB, all its fields included. */
const mostBytes = 350_000;

/** A value in an item: its bytes where they are few, else where the pieces are that hold them. */
export type Packed = { readonly packed: Uint8Array } | { readonly digest: string; readonly pieces: number };

/**
 * Writes a value's pieces beside the item that is to have it, and answers what to put into that. Pieces are named by what is in
 * them, so that two who write at the same time cannot mix theirs.
 */
export async function packInto(
  table: RolloutsTable,
  pk: string,
  value: unknown,
  lasting: { readonly expires?: number } = {},
): Promise<Packed> {
  const packed = pack(value);
  if (packed.length <= mostBytes) return { packed };
  const digest = createHash("sha256").update(packed).digest("hex").slice(0, 32);
  const pieces = Math.ceil(packed.length / mostBytes);
  for (let number = 0; number < pieces; number++) {
    const data = packed.subarray(number * mostBytes, (number + 1) * mostBytes);
    const Item = { ...runsLayout.piece(pk, digest, number), ...lasting, data };
    await translated(table.client.send(new PutCommand({ TableName: table.name, Item })));
  }
  return { digest, pieces };
}

type Item = Readonly<Record<string, unknown>>;

/** The items of a partition, and how to unpack what is in them. */
export interface Partition {
  readonly items: readonly Item[];
  /** The value in an item. Throws where a piece of it is missing. */
  unpacked(item: Item): unknown;
}

/** Reads a partition whole, consistently. */
export async function readPartition(
  { client, name: TableName }: RolloutsTable,
  pk: string,
): Promise<Partition> {
  const pages = paginateQuery(
    { client },
    {
      TableName,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": pk },
      ConsistentRead: true,
    },
  );
  const items: Item[] = [];
  await translated(
    (async () => {
      for await (const { Items = [] } of pages) items.push(...Items);
    })(),
  );
  const data = new Map(items.map((item) => [item.sk, item.data]));
  return {
    items: items.filter((item) => item.data === undefined),
    unpacked({ packed, digest, pieces }) {
      if (packed instanceof Uint8Array) return unpack(packed);
      const parts = Array.from({ length: Number(pieces) }, (_, number) => {
        const part = data.get(runsLayout.piece(pk, String(digest), number).sk);
        if (!(part instanceof Uint8Array)) throw new Error(`piece ${number} of ${digest} is not in ${pk}`);
        return part;
      });
      return unpack(Buffer.concat(parts));
    },
  };
}

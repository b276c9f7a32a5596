import { setTimeout as pause } from "node:timers/promises";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import { runKey, TopologyRun } from "@espalier/topology";
import type { Deployment } from "../../deployment.ts";
import { ExitCode, UserError } from "../../fail.ts";

/** How often the outcome is looked for, and how long, in milliseconds of wall time: an apply gives up within an hour. */
const EVERY_MS = 400;
const LONGEST_MS = 65 * 60_000;

/** Waits for the outcome of an apply. Throws UserError where there is none in time. */
export async function waitForRun({ table }: Pick<Deployment, "table">, id: string): Promise<TopologyRun> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
  for (let waited = 0; waited < LONGEST_MS; waited += EVERY_MS) {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: runKey(id), ConsistentRead: true }),
    );
    if (Item) {
      const { pk: _pk, sk: _sk, kind: _kind, ...run } = Item;
      return TopologyRun.parse(run);
    }
    await pause(EVERY_MS);
  }
  throw new UserError(`${id} has no outcome yet; see the provision workflow`, {
    exitCode: ExitCode.stillRunning,
  });
}

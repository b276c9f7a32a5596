import { setTimeout as sleep } from "node:timers/promises";
import { AwsError } from "../aws-error.ts";
import type { DynamoEngine } from "./engine.ts";

const changing: ReadonlySet<string> = new Set(["CreateTable", "UpdateTable", "DeleteTable"]);

/**
 * Waits, after an operation that changes a table, until the table is as it will be: dynalite does that a turn of the event
 * loop later, and whoever deploys a table uses it at once.
 */
export async function settleTable(engine: DynamoEngine, operation: string, table: string | undefined) {
  if (!changing.has(operation) || table === undefined) return;
  while (!(await isSettled(engine, table))) await sleep(1);
}

async function isSettled(engine: DynamoEngine, table: string): Promise<boolean> {
  try {
    const description = JSON.parse(await engine("DescribeTable", JSON.stringify({ TableName: table })));
    const indexes: { IndexStatus: string }[] = description.Table.GlobalSecondaryIndexes ?? [];
    return (
      description.Table.TableStatus === "ACTIVE" &&
      indexes.every(({ IndexStatus }) => IndexStatus === "ACTIVE")
    );
  } catch (error) {
    if (error instanceof AwsError && error.code === "ResourceNotFoundException") return true;
    throw error;
  }
}

import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

/** The DynamoDB client of the rollouts table, and the table's name. */
export interface RolloutsTable {
  readonly client: DynamoDBDocumentClient;
  readonly name: string;
}

/** The rollouts table of this name, where the environment says that AWS is. */
export function rolloutsTable(name: string): RolloutsTable {
  const marshallOptions = { removeUndefinedValues: true };
  return { client: DynamoDBDocumentClient.from(new DynamoDBClient(), { marshallOptions }), name };
}

/** Runs a conditional write: false if its condition failed, and nothing was written. */
export async function conditionally(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === "ConditionalCheckFailedException") return false;
    throw error;
  }
}

import type { Permission, Platform } from "../platform.ts";

/** The inputs that name a table, as far as permissions depend on them. */
export interface DynamoInput {
  readonly TableName?: string;
  readonly IndexName?: string;
  readonly ResourceArn?: string;
  readonly RequestItems?: Readonly<Record<string, unknown>>;
  readonly Key?: unknown;
  readonly Item?: unknown;
}

/**
 * The permission of an operation: the action of its name on the table, or the index it reads.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 */
export function dynamoPermissions(
  operation: string,
  { region, account }: Pick<Platform, "region" | "account">,
): (input: DynamoInput) => readonly Permission[] {
  const action = `dynamodb:${operation}`;
  const prefix = `arn:aws:dynamodb:${region}:${account}:table/`;
  const arnOf = (table: string) => (table.startsWith("arn:") ? table : prefix + table);
  return ({ TableName, IndexName, ResourceArn, RequestItems }) => {
    if (operation === "ListTables") return [{ action, resource: "*" }];
    if (RequestItems !== undefined) {
      return Object.keys(RequestItems).map((table) => ({ action, resource: arnOf(table) }));
    }
    const table = ResourceArn ?? arnOf(TableName ?? "");
    return [{ action, resource: IndexName === undefined ? table : `${table}/index/${IndexName}` }];
  };
}

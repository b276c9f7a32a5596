import type { Operation, Platform, Service } from "../platform.ts";
import type { Catalogue } from "../wire/catalogue.ts";
import { jsonBody } from "../wire/json-body.ts";
import { dynamoEngine } from "./engine.ts";
import { toItemJson } from "./item-json.ts";
import { keptTables } from "./kept-tables.ts";
import { type DynamoInput, dynamoPermissions } from "./permissions.ts";
import { settleTable } from "./settle-table.ts";

/** What dynalite offers. Transactions, streams, time to live and PartiQL are not among it. */
const offered = [
  "BatchGetItem",
  "BatchWriteItem",
  "CreateTable",
  "DeleteItem",
  "DeleteTable",
  "DescribeTable",
  "DescribeTimeToLive",
  "GetItem",
  "ListTables",
  "ListTagsOfResource",
  "PutItem",
  "Query",
  "Scan",
  "TagResource",
  "UntagResource",
  "UpdateItem",
  "UpdateTable",
];

/** DynamoDB, by dynalite. */
export function createDynamoDb(platform: Platform, catalogue: Catalogue): Service {
  const engine = dynamoEngine(platform);
  const kept = keptTables(engine, platform.storage);
  const json = jsonBody({ jsonName: false });
  const operation = (name: string): Operation<DynamoInput, unknown> => ({
    permissions: dynamoPermissions(name, platform),
    async run(input) {
      await kept.restored;
      const body = toItemJson(input);
      const answer = await engine(name, body);
      await settleTable(engine, name, input.TableName);
      await kept.keep(name, body);
      const output = (await catalogue("dynamodb"))?.schemas.operations.get(name)?.output;
      const told = name === "DescribeTable" ? kept.described(answer) : answer;
      return output === undefined ? {} : json.read(output, Buffer.from(told));
    },
  });
  return { name: "dynamodb", operations: Object.fromEntries(offered.map((name) => [name, operation(name)])) };
}

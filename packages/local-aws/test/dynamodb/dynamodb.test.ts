import {
  BatchGetItemCommand,
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { roleSettings, runningLocalAws } from "../running-local-aws.ts";

const TableName = "rollouts";

async function table() {
  const { settings, ...rest } = await runningLocalAws();
  const client = new DynamoDBClient(settings);
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: ["pk", "sk", "kind"].map((AttributeName) => ({
        AttributeName,
        AttributeType: "S",
      })),
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: "list",
          KeySchema: [{ AttributeName: "kind", KeyType: "HASH" }],
          Projection: { ProjectionType: "ALL" },
        },
      ],
    }),
  );
  return { ...rest, client };
}

const key = (pk: string) => ({ pk: { S: pk }, sk: { S: "META" } });

describe("a table", () => {
  test("has the account and region of its AWS in its ARN, and is active", async () => {
    const { client } = await table();
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    expect(Table).toMatchObject({
      TableArn: "arn:aws:dynamodb:us-east-1:123456789012:table/rollouts",
      TableStatus: "ACTIVE",
      CreationDateTime: expect.any(Date),
    });
  });

  test("keeps texts, numbers, bytes, lists and maps as they were put", async () => {
    const { client } = await table();
    const Item = {
      ...key("a"),
      n: { N: "12.5" },
      b: { B: new Uint8Array([0, 255]) },
      l: { L: [{ S: "x" }, { M: { deep: { BOOL: true } } }] },
    };
    await client.send(new PutItemCommand({ TableName, Item }));
    const { Item: found } = await client.send(
      new GetItemCommand({ TableName, Key: key("a"), ConsistentRead: true }),
    );
    expect(found).toEqual(Item);
  });

  test("refuses a write whose condition fails, and tells a conditional error", async () => {
    const { client } = await table();
    const put = new PutItemCommand({
      TableName,
      Item: key("a"),
      ConditionExpression: "attribute_not_exists(pk)",
    });
    await client.send(put);
    await expect(client.send(put)).rejects.toMatchObject({ name: "ConditionalCheckFailedException" });
  });

  test("appends to a list only while it has the size that was seen", async () => {
    const { client } = await table();
    await client.send(new PutItemCommand({ TableName, Item: { ...key("a"), inbox: { L: [] } } }));
    const append = (seen: number) =>
      client.send(
        new UpdateItemCommand({
          TableName,
          Key: key("a"),
          UpdateExpression: "SET inbox = list_append(inbox, :one)",
          ConditionExpression: "size(inbox) = :seen",
          ExpressionAttributeValues: { ":one": { L: [{ S: "command" }] }, ":seen": { N: String(seen) } },
          ReturnValues: "ALL_NEW",
        }),
      );
    const { Attributes } = await append(0);
    expect(Attributes?.inbox?.L).toHaveLength(1);
    await expect(append(0)).rejects.toMatchObject({ name: "ConditionalCheckFailedException" });
  });

  test("lets one of many writers through a condition", async () => {
    const { client } = await table();
    const take = (owner: string) =>
      client.send(
        new PutItemCommand({
          TableName,
          Item: { ...key("lock"), owner: { S: owner } },
          ConditionExpression: "attribute_not_exists(pk)",
        }),
      );
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => take(`owner-${index}`)),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  test("is queried by its index, which takes a permission of its own", async () => {
    const { aws, client } = await table();
    await client.send(new PutItemCommand({ TableName, Item: { ...key("a"), kind: { S: "rollout" } } }));
    const query = new QueryCommand({
      TableName,
      IndexName: "list",
      KeyConditionExpression: "kind = :kind",
      ExpressionAttributeValues: { ":kind": { S: "rollout" } },
    });
    const arn = `arn:aws:dynamodb:us-east-1:${aws.account}:table/${TableName}`;
    const onTable = new DynamoDBClient(roleSettings(aws, ["dynamodb:Query"], arn));
    await expect(onTable.send(query)).rejects.toMatchObject({ name: "AccessDeniedException" });
    const onIndex = new DynamoDBClient(roleSettings(aws, ["dynamodb:Query"], `${arn}/index/*`));
    await expect(onIndex.send(query)).resolves.toMatchObject({ Count: 1 });
  });

  test("asks a batch for the permission on each table", async () => {
    const { aws } = await table();
    const arn = `arn:aws:dynamodb:us-east-1:${aws.account}:table/${TableName}`;
    const visitor = new DynamoDBClient(roleSettings(aws, ["dynamodb:BatchGetItem"], arn));
    const RequestItems = { [TableName]: { Keys: [key("a")] } };
    await expect(visitor.send(new BatchGetItemCommand({ RequestItems }))).resolves.toBeDefined();
    const both = { ...RequestItems, another: { Keys: [key("a")] } };
    await expect(visitor.send(new BatchGetItemCommand({ RequestItems: both }))).rejects.toMatchObject({
      name: "AccessDeniedException",
    });
  });

  test.for([
    ["a table that does not exist", { TableName: "nowhere", Key: key("a") }, "ResourceNotFoundException"],
    ["a key without its range", { TableName, Key: { pk: { S: "a" } } }, "ValidationException"],
    [
      "an expression that does not parse",
      { TableName, Key: key("a"), ProjectionExpression: "((" },
      "ValidationException",
    ],
  ] as const)("refuses %s", async ([, input, name]) => {
    const { client } = await table();
    await expect(client.send(new GetItemCommand(input))).rejects.toMatchObject({ name });
  });

  test.for([
    ["a list with nothing in a place", { L: [null] }],
    ["an attribute without a value", {}],
    ["an attribute with two values", { S: "a", N: "1" }],
    ["a number that is none", { N: "many" }],
    ["an empty set", { SS: [] }],
  ] as const)("refuses %s, and goes on", async ([, a]) => {
    const { aws } = await table();
    const put = (Item: object) => aws.call("dynamodb", "PutItem", { TableName, Item });
    await expect(put({ ...key("a"), a })).rejects.toMatchObject({ code: "ValidationException" });
    await expect(put(key("a"))).resolves.toBeDefined();
  });

  test("names transactions as not offered", async () => {
    const { client } = await table();
    const Put = { TableName, Item: key("a") };
    await expect(
      client.send(new TransactWriteItemsCommand({ TransactItems: [{ Put }] })),
    ).rejects.toMatchObject({
      message: "dynamodb:TransactWriteItems is not offered by this local AWS",
    });
  });
});

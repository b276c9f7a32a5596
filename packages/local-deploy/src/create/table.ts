import * as z from "zod";
import { creator } from "./creator.ts";

const Index = z.object({
  name: z.string(),
  hashKey: z.string(),
  rangeKey: z.string(),
  projectionType: z.literal("ALL"),
});

const Table = z.object({
  name: z.string(),
  billingMode: z.literal("PAY_PER_REQUEST"),
  hashKey: z.string(),
  rangeKey: z.string(),
  attributes: z.array(z.object({ name: z.string(), type: z.string() })),
  globalSecondaryIndexes: z.array(Index).default([]),
});

/** A table with its indexes. */
export const table = creator(Table, (inputs, _, { aws }) =>
  aws.call("dynamodb", "CreateTable", {
    TableName: inputs.name,
    BillingMode: inputs.billingMode,
    KeySchema: keys(inputs),
    AttributeDefinitions: inputs.attributes.map(({ name, type }) => ({
      AttributeName: name,
      AttributeType: type,
    })),
    GlobalSecondaryIndexes: inputs.globalSecondaryIndexes.map((index) => ({
      IndexName: index.name,
      KeySchema: keys(index),
      Projection: { ProjectionType: index.projectionType },
    })),
  }),
);

function keys({ hashKey, rangeKey }: { hashKey: string; rangeKey: string }) {
  return [
    { AttributeName: hashKey, KeyType: "HASH" },
    { AttributeName: rangeKey, KeyType: "RANGE" },
  ];
}

import * as z from "zod";

/** What DescribeTable answers. */
export const DescribedTable = z.object({ Table: z.looseObject({ TableName: z.string() }) });

const KeySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.string() }));
const Throughput = z.object({ ReadCapacityUnits: z.number(), WriteCapacityUnits: z.number() });
const Index = z.object({ IndexName: z.string(), KeySchema, Projection: z.unknown() });

/** Reads the input of the CreateTable that makes a table of the same description. */
export const CreatedTable = z
  .object({
    TableName: z.string(),
    AttributeDefinitions: z.array(z.unknown()),
    KeySchema,
    BillingModeSummary: z.object({ BillingMode: z.string() }).optional(),
    ProvisionedThroughput: Throughput.optional(),
    GlobalSecondaryIndexes: z
      .array(Index.extend({ ProvisionedThroughput: Throughput.optional() }))
      .optional(),
    LocalSecondaryIndexes: z.array(Index).optional(),
  })
  .transform(({ BillingModeSummary, ProvisionedThroughput, GlobalSecondaryIndexes, ...table }) => {
    if (BillingModeSummary?.BillingMode !== "PAY_PER_REQUEST") {
      return { ...table, ProvisionedThroughput, GlobalSecondaryIndexes };
    }
    const indexes = GlobalSecondaryIndexes?.map(({ ProvisionedThroughput: _, ...index }) => index);
    return { ...table, BillingMode: "PAY_PER_REQUEST", GlobalSecondaryIndexes: indexes };
  });

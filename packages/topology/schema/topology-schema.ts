import { PolicyDocument } from "@espalier/policy";
import * as z from "zod";
import { AuthPolicy, Grants } from "../src/document/auth-policy.ts";
import { TopologyDocument } from "../src/index.ts";

type Schema = z.core.JSONSchema.BaseSchema;

/**
 * The JSON Schema of a topology document, as editors want it beside a file. Where a value of a certain kind belongs, one that
 * is filled in later may stand: `${shopVpc}`.
 */
export function topologySchema(): object {
  const schema = z.toJSONSchema(TopologyDocument, {
    io: "input",
    override({ zodSchema, jsonSchema }) {
      if (zodSchema === (AuthPolicy as z.core.$ZodType)) jsonSchema.$ref = "#/$defs/policy";
    },
  });
  return {
    title: "A topology of Espalier",
    ...withPlaceholders(schema),
    $defs: { placeholder, policy: withPlaceholders(policySchema()) },
  };
}

const placeholder = {
  description: "A value that is filled in: a name, or ssm: and the name of a parameter",
  type: "string",
  pattern: "\\$\\{([A-Za-z_][A-Za-z0-9_.-]*|ssm:[A-Za-z0-9_./-]+)\\}",
};

function policySchema(): Schema {
  const [grants, policy] = [Grants, PolicyDocument].map((one) => {
    const { $schema: _, ...schema } = z.toJSONSchema(one, { io: "input" });
    return schema;
  });
  return { anyOf: [grants ?? {}, policy ?? {}] };
}

/** The schema with a placeholder allowed wherever a text, a number, a list or a word of a few is asked for. */
function withPlaceholders(schema: Schema): Schema {
  const inside = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, key in inner ? inner[key]?.(value) : value]),
  ) as Schema;
  return isLeaf(schema) ? { anyOf: [inside, { $ref: "#/$defs/placeholder" }] } : inside;
}

const each = (value: unknown) =>
  Object.fromEntries(
    Object.entries(value as Record<string, Schema>).map(([key, one]) => [key, withPlaceholders(one)]),
  );

/** What of a schema has schemas in it. The names of a record are none: nothing is filled in there. */
const inner: Readonly<Record<string, (value: unknown) => unknown>> = {
  properties: each,
  items: (value) => withPlaceholders(value as Schema),
  additionalProperties: (value) => (typeof value === "object" ? withPlaceholders(value as Schema) : value),
  anyOf: (value) => (value as Schema[]).map((one) => withPlaceholders(one)),
  oneOf: (value) => (value as Schema[]).map((one) => withPlaceholders(one)),
};

const isLeaf = ({ type, enum: words, const: word }: Schema): boolean =>
  words !== undefined || word !== undefined || (type !== undefined && type !== "object");

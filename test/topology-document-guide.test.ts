import { readFileSync } from "node:fs";
import { fillText, readDocument } from "@espalier/topology";
import { describe, expect, test } from "vitest";

const read = (file: string) => readFileSync(new URL(file, import.meta.url), "utf8");
const guide = read("../docs/guides/topology-document.md");
const blocks = [...guide.matchAll(/```yaml\n(.*?)```/gs)].map(([, text = ""]) => text);
const schema = JSON.parse(read("../packages/topology/schema/topology.json"));

const values = {
  shopVpc: "vpc-0123456789abcdef0",
  callers: "sg-0123456789abcdef0",
  paymentFunction: "arn:aws:lambda:eu-central-1:123456789012:function:payment",
  account: "123456789012",
  region: "eu-central-1",
};

/** The names of all fields in a schema, but those of policies, which are IAM's. */
function fieldsOf(node: unknown): string[] {
  if (typeof node !== "object" || node === null) return [];
  const { properties = {} } = node as { properties?: object };
  return [...Object.keys(properties), ...Object.values(node).flatMap(fieldsOf)];
}

describe("the guide to the topology document", () => {
  test.for(blocks.map((text, at) => [at + 1, text] as const))(
    "has a document in its example %i that is taken",
    ([, text]) => {
      expect(readDocument(fillText(text, values, "guide")).name).not.toBe("");
    },
  );

  test("has every field that a document can have", () => {
    const { $defs: _, ...document } = schema;
    const fields = new Set(fieldsOf(document));
    const shown = blocks.join("\n");
    expect(fields.size).toBeGreaterThan(40);
    expect([...fields].filter((field) => !new RegExp(`\\b${field}:`).test(shown))).toEqual([]);
  });
});

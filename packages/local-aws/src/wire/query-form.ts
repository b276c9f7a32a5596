import type { NormalizedSchema } from "@smithy/core/schema";

/**
 * The input of an awsQuery call from its form: `Tags.member.1.Key=a` is the first tag's key.
 * https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export function queryInput(schema: NormalizedSchema, form: URLSearchParams): Record<string, unknown> {
  return readStructure(schema, form, "") ?? {};
}

function readStructure(schema: NormalizedSchema, form: URLSearchParams, prefix: string) {
  if (!schema.isStructSchema()) return undefined;
  const value: Record<string, unknown> = {};
  for (const [name, member] of schema.structIterator()) {
    const read = readValue(member, form, `${prefix}${member.getMergedTraits().xmlName ?? name}`);
    if (read !== undefined) value[name] = read;
  }
  return Object.keys(value).length === 0 ? undefined : value;
}

function readValue(schema: NormalizedSchema, form: URLSearchParams, key: string): unknown {
  if (schema.isStructSchema()) return readStructure(schema, form, `${key}.`);
  if (schema.isListSchema()) return readList(schema, form, key);
  if (schema.isMapSchema()) return readMap(schema, form, key);
  const text = form.get(key);
  if (text === null) return undefined;
  if (schema.isBooleanSchema()) return text === "true";
  if (schema.isNumericSchema()) return Number(text);
  if (schema.isTimestampSchema()) return new Date(text);
  if (schema.isBlobSchema()) return new Uint8Array(Buffer.from(text, "base64"));
  return text;
}

function readList(schema: NormalizedSchema, form: URLSearchParams, key: string) {
  const item = schema.getValueSchema();
  const flat = Boolean(schema.getMergedTraits().xmlFlattened);
  const stem = flat ? key : `${key}.${item.getMergedTraits().xmlName ?? "member"}`;
  const values: unknown[] = [];
  for (let index = 1; ; index += 1) {
    const value = readValue(item, form, `${stem}.${index}`);
    if (value === undefined) break;
    values.push(value);
  }
  return values.length === 0 && form.get(key) === null ? undefined : values;
}

function readMap(schema: NormalizedSchema, form: URLSearchParams, key: string) {
  const flat = Boolean(schema.getMergedTraits().xmlFlattened);
  const keyName = schema.getKeySchema().getMergedTraits().xmlName ?? "key";
  const valueName = schema.getValueSchema().getMergedTraits().xmlName ?? "value";
  const entries: [string, unknown][] = [];
  for (let index = 1; ; index += 1) {
    const stem = `${flat ? key : `${key}.entry`}.${index}`;
    const name = form.get(`${stem}.${keyName}`);
    if (name === null) break;
    entries.push([name, readValue(schema.getValueSchema(), form, `${stem}.${valueName}`)]);
  }
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

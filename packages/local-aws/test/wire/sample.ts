import type { NormalizedSchema } from "@smithy/core/schema";

/** A value of a schema with every member set, to `depth` levels of structures. Text is awkward on purpose. */
export function sampleOf(schema: NormalizedSchema, depth = 3): unknown {
  if (schema.isUnitSchema()) return {};
  if (schema.isUnionSchema()) {
    const [first] = schema.structIterator();
    return first === undefined ? {} : { [first[0]]: sampleOf(first[1], depth - 1) };
  }
  if (schema.isStructSchema()) {
    const members = [...schema.structIterator()].filter(([, member]) => fits(member, depth));
    return Object.fromEntries(members.map(([name, member]) => [name, sampleOf(member, depth - 1)]));
  }
  if (schema.isListSchema())
    return fits(schema.getValueSchema(), depth) ? [sampleOf(schema.getValueSchema(), depth - 1)] : [];
  if (schema.isMapSchema()) return { "a key": sampleOf(schema.getValueSchema(), depth - 1) };
  if (schema.isBlobSchema()) return new Uint8Array([0, 1, 254, 255]);
  if (schema.isTimestampSchema()) return new Date(1_790_000_000_000);
  if (schema.isBooleanSchema()) return true;
  if (schema.isNumericSchema()) return 200;
  if (schema.isStringSchema()) return "arn:aws:x/ä & <b>%2F";
  return { document: ["of", "anything"] };
}

function fits(schema: NormalizedSchema, depth: number): boolean {
  if (schema.isListSchema() || schema.isMapSchema()) return fits(schema.getValueSchema(), depth - 1);
  if (!(schema.isStructSchema() || schema.isUnionSchema())) return true;
  return (
    depth > 0 && (isEmpty(schema) || schema.structIterator().some(([, member]) => fits(member, depth - 1)))
  );
}

function isEmpty(schema: NormalizedSchema): boolean {
  return schema.structIterator().next().done === true;
}

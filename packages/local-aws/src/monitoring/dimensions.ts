import type { Dimension } from "@aws-sdk/client-cloudwatch";
import { refuseValue } from "./refuse.ts";

/** CloudWatch's list of dimensions as a record. Throws where one is given twice or has no value, or there are more than 30. */
export function dimensionRecord(dimensions: readonly Dimension[] = []): Record<string, string> {
  const record: Record<string, string> = {};
  for (const { Name, Value } of dimensions) {
    if (!Name || !Value) return refuseValue("The parameter Dimensions must have a name and a value.");
    if (Object.hasOwn(record, Name)) return refuseValue(`The dimension ${Name} is given twice.`);
    record[Name] = Value;
  }
  if (dimensions.length > 30) return refuseValue("A metric has at most 30 dimensions.");
  return record;
}

/** The record as CloudWatch's list. */
export function dimensionList(dimensions: Readonly<Record<string, string>>): Dimension[] {
  return Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
}

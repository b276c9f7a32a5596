/** What a record says of a name itself: users name metrics, and `constructor` is no metric that every record has. */
export function own<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

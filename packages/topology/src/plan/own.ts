/** The entry of a record by a name that somebody else chose: `constructor` is a good name for a service. */
export const own = <Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

/** A part of a document as somebody would write it: what is as by default is left out. */
export type Written = Readonly<Record<string, unknown>>;

/** The field, unless it holds nothing. */
export const unlessEmpty = (field: string, value: object): Written =>
  Object.keys(value).length > 0 ? { [field]: value } : {};

/** Tags without those that AWS or Espalier put there. */
export const ownTags = (tags: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(tags).filter(([key]) => !/^(aws|espalier):/.test(key)));

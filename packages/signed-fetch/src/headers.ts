/** Headers as node:http has them; names in any case. */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** One header's value, several joined; undefined where there is none. `name` is in lower case. */
export function headerOf(headers: Headers, name: string): string | undefined {
  const key = Object.hasOwn(headers, name) ? name : spelling(headers, name);
  const value = key === undefined ? undefined : headers[key];
  return typeof value === "string" ? value : value?.join(",");
}

/** How the headers spell a name. */
function spelling(headers: Headers, name: string): string | undefined {
  for (const key in headers) if (key.length === name.length && key.toLowerCase() === name) return key;
  return undefined;
}

/** Headers as node:http has them; names in any case. */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** One header's value, several joined; undefined where there is none. */
export function headerOf(headers: Headers, name: string): string | undefined {
  const value = headers[name] ?? Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return typeof value === "string" ? value : value?.join(",");
}

import type { RawHeaders } from "../exchange.ts";

/** Headers as node:http2 wants them: names in lower case, several values of one name as a list. */
export function headerObject(raw: RawHeaders): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = Object.create(null);
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = (raw[index] ?? "").toLowerCase();
    const value = raw[index + 1] ?? "";
    const known = headers[name];
    headers[name] = known === undefined ? value : [known, value].flat();
  }
  return headers;
}

/** The same with several values of one name as one text, which a request may always have (RFC 9110, 5.3). */
export function joinedHeaders(raw: RawHeaders): Record<string, string> {
  const joined = Object.entries(headerObject(raw)).map(([name, value]) => [name, [value].flat().join(", ")]);
  return Object.fromEntries(joined);
}

/** Headers as node:http2 gives them, without pseudo-headers. */
export function rawHeadersOf(headers: Readonly<Record<string, unknown>>): RawHeaders {
  const raw: RawHeaders = [];
  for (const [name, value] of Object.entries(headers)) {
    if (name.startsWith(":")) continue;
    for (const each of [value].flat()) raw.push(name, String(each));
  }
  return raw;
}

/** A flat list of names and values without its pseudo-headers. */
export function withoutPseudo(raw: readonly string[]): RawHeaders {
  const kept: RawHeaders = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const [name = "", value = ""] = [raw[index], raw[index + 1]];
    if (!name.startsWith(":")) kept.push(name, value);
  }
  return kept;
}

/** A flat list of names and values as a list of both. */
export function headerPairs(raw: readonly string[]): [name: string, value: string][] {
  return Array.from({ length: raw.length / 2 }, (_, index) => [
    raw[2 * index] ?? "",
    raw[2 * index + 1] ?? "",
  ]);
}

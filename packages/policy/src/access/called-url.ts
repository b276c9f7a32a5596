import { PolicyError } from "../parse-policy.ts";
import type { Call } from "./call.ts";

/** Where a URL goes: the host in lower case, the port of its scheme where it says none, path and query as they are sent. */
export interface CalledUrl extends Required<Pick<Call, "path" | "query">> {
  readonly host: string;
  readonly port: number;
}

/** Whether it is written as requests have it: methods count case, and all there are have capitals. */
export const isMethod = (text: string): boolean => /^[A-Z][A-Z-]*$/.test(text);

/** Reads a URL as Lattice does, which takes a path as it comes. Throws PolicyError. */
export function calledUrl(url: string): CalledUrl {
  const [, scheme = "", host = "", port, rest = ""] =
    /^(https?):\/\/([a-z0-9.-]+)(?::(\d{1,5}))?((?:[/?].*)?)$/i.exec(url.replace(/#.*$/s, "")) ?? [];
  if (host === "")
    throw new PolicyError(`the URL is ${JSON.stringify(url)}; it is http:// or https://, a host and a path`);
  const [path = "", ...query] = rest.split("?");
  return {
    host: host.toLowerCase(),
    port: port === undefined ? (scheme.toLowerCase() === "https" ? 443 : 80) : Number(port),
    path: path === "" ? "/" : path,
    query: valuesOf(query.join("?")),
  };
}

function valuesOf(query: string): Record<string, string[]> {
  const values = new Map<string, string[]>();
  for (const [key, value] of new URLSearchParams(query)) {
    const known = values.get(key) ?? [];
    known.push(value);
    values.set(key, known);
  }
  return Object.fromEntries(values);
}

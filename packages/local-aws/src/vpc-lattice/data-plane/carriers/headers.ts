import type { RawHeaders } from "../exchange.ts";
import { remember } from "../remember.ts";

/** Names, in lower case, that belong to one connection. https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1 */
const hopByHop = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "transfer-encoding",
  "upgrade",
  "http2-settings",
]);

/** Names that the Connection header cannot remove. */
const endToEnd = new Set(["host", "content-length"]);

/** Names that mean something in front of a body alone. https://www.rfc-editor.org/rfc/rfc9110#section-6.5.1 */
const headersOnly = new Set(["authorization", "content-length", "content-type", "host", "trailer"]);

/** What Lattice says of a request itself; a caller's own are dropped. `expect` has been answered already. */
const replaced = new Set([
  "expect",
  "x-amzn-requestid",
  "x-amzn-source-vpc",
  "x-espalier-source-vpc",
  "x-espalier-source-zone",
  "x-forwarded-for",
  "x-forwarded-port",
  "x-forwarded-proto",
]);

const goesOn = remember(1000, (rawName) => {
  // CGI and its heirs cannot tell an underscore from a hyphen.
  const name = rawName.toLowerCase().replaceAll("_", "-");
  return !replaced.has(name) && !hopByHop.has(name) && !name.startsWith("x-amzn-lattice-");
});

const goesBack = remember(1000, (name) => !hopByHop.has(name) && name !== "x-amzn-requestid");

/** The headers of a request that go on to the target, without those that Lattice sets. */
export function endToEndHeaders(
  rawHeaders: readonly string[],
  { connection }: { readonly connection?: string | undefined },
): RawHeaders {
  return filter(rawHeaders, goesOn, namedByConnection(connection));
}

/** The headers of a target's answer that go back to the caller: names in lower case, several values as a list. */
export function answerHeaders(given: Readonly<Record<string, unknown>>): RawHeaders {
  const connection = given.connection === undefined ? undefined : [given.connection].flat().join(",");
  const named = namedByConnection(connection);
  const kept: RawHeaders = [];
  for (const name of Object.keys(given)) {
    if (!goesBack(name) || named?.has(name) || name.startsWith(":")) continue;
    const value = given[name];
    if (typeof value === "string") kept.push(name, value);
    else for (const each of [value].flat()) kept.push(name, String(each));
  }
  return kept;
}

/** What of a request's trailers goes on to the target, and of an answer's back: a target may take them for headers. */
export function trailersOn(raw: readonly string[]): RawHeaders {
  return filter(raw, (name) => goesOn(name) && !headersOnly.has(name.toLowerCase()), undefined);
}

export function trailersBack(raw: readonly string[]): RawHeaders {
  return filter(
    raw,
    (name) => goesBack(name.toLowerCase()) && !headersOnly.has(name.toLowerCase()),
    undefined,
  );
}

function filter(
  raw: readonly string[],
  keep: (name: string) => boolean,
  named: ReadonlySet<string> | undefined,
): RawHeaders {
  const kept: RawHeaders = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const [name = "", value = ""] = [raw[index], raw[index + 1]];
    if (keep(name) && !named?.has(name.toLowerCase())) kept.push(name, value);
  }
  return kept;
}

function namedByConnection(connection: string | undefined): ReadonlySet<string> | undefined {
  if (connection === undefined || connection === "keep-alive" || connection === "close") return undefined;
  const names = connection.split(",").map((name) => name.trim().toLowerCase());
  return new Set(names.filter((name) => !endToEnd.has(name)));
}

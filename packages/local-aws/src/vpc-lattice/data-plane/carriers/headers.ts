import type { IncomingMessage } from "node:http";

/** Headers as they stand on the wire: name, value, name, value. */
export type RawHeaders = string[];

/** Names, in lower case, that belong to one connection. https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1 */
const hopByHop = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** Names that the Connection header cannot remove. */
const endToEnd = new Set(["host", "content-length"]);

/** What Lattice says of a request itself; a caller's own are dropped. `expect` has been answered already. */
const replaced = new Set([
  "expect",
  "x-amzn-requestid",
  "x-amzn-source-vpc",
  "x-forwarded-for",
  "x-forwarded-port",
  "x-forwarded-proto",
]);

/** The headers of a request that go on to the target, without those that Lattice sets. */
export function endToEndHeaders({ rawHeaders, headers }: IncomingMessage): RawHeaders {
  const named = namedByConnection(headers.connection);
  return filter(rawHeaders, (name) => {
    if (replaced.has(name) || name.startsWith("x-amzn-lattice-")) return false;
    return !hopByHop.has(name) && !named.has(name);
  });
}

/** The headers of a target's answer that go back to the caller. */
export function answerHeaders(rawHeaders: RawHeaders, connection: string | undefined): RawHeaders {
  const named = namedByConnection(connection);
  return filter(rawHeaders, (name) => !hopByHop.has(name) && !named.has(name) && name !== "x-amzn-requestid");
}

function filter(raw: readonly string[], keep: (name: string) => boolean): RawHeaders {
  const kept: RawHeaders = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const [name = "", value = ""] = [raw[index], raw[index + 1]];
    if (keep(name.toLowerCase())) kept.push(name, value);
  }
  return kept;
}

const none: ReadonlySet<string> = new Set();

function namedByConnection(connection: string | undefined): ReadonlySet<string> {
  if (connection === undefined || connection === "keep-alive" || connection === "close") return none;
  const names = connection.split(",").map((name) => name.trim().toLowerCase());
  return new Set(names.filter((name) => !endToEnd.has(name)));
}

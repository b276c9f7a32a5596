/** Parameters of a query, several values under one name in their order. */
export type Query = Record<string, string | string[]>;

/**
 * Takes a path apart from its query, as sent. A `+` is a plus: signatures know no form encoding. Throws URIError where an
 * escape is not one.
 */
export function splitPath(pathAndQuery: string): { readonly path: string; readonly query: Query } {
  const [path = "/", ...rest] = pathAndQuery.split("?");
  const query: Query = {};
  for (const pair of rest.join("?").split("&")) {
    if (pair === "") continue;
    const [name = "", ...value] = pair.split("=");
    add(query, decodeURIComponent(name), decodeURIComponent(value.join("=")));
  }
  return { path, query };
}

function add(query: Query, name: string, value: string): void {
  // The signer copies the query into a plain object and would lose this one, leaving it unsigned.
  if (name === "__proto__") throw new URIError("a signed query cannot have a parameter __proto__");
  const known = Object.hasOwn(query, name) ? query[name] : undefined;
  // Not copied: whoever asks may say one name thirty thousand times, before any signature is checked.
  if (Array.isArray(known)) known.push(value);
  else query[name] = known === undefined ? value : [known, value];
}

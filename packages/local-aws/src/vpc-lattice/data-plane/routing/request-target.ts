import { remember } from "../remember.ts";

/** Where a request wants to go. `path` has no query; `pathAndQuery` is as sent. */
export interface RequestTarget {
  /** In lower case, without port. */
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly pathAndQuery: string;
}

/**
 * Reads the request line and the Host header, in origin form (`/a?b`) or absolute form (`http://host:81/a?b`), whose host
 * wins over the header. Without a port it is that of the scheme. Undefined: the request is malformed.
 * https://www.rfc-editor.org/rfc/rfc9112#section-3.2
 */
export function requestTarget(
  url: string,
  authority: string | undefined,
  encrypted: boolean,
): RequestTarget | undefined {
  const usualPort = encrypted ? 443 : 80;
  // No part of a request's target, and what a policy took for the path would not be what its reader takes for it.
  if (url.includes("#")) return undefined;
  if (url.startsWith("/")) return authority === undefined ? undefined : target(authority, url, usualPort);
  const absolute = /^https?:\/\/([^/?#]+)(.*)$/i.exec(url);
  if (absolute === null || authority === undefined) return undefined;
  const [, own = "", rest = ""] = absolute;
  return target(own, rest.startsWith("/") ? rest : `/${rest}`, usualPort);
}

function target(authority: string, pathAndQuery: string, usualPort: number): RequestTarget | undefined {
  const parts = parsed(authority);
  if (parts === null) return undefined;
  const question = pathAndQuery.indexOf("?");
  return {
    host: parts.host,
    port: parts.port ?? usualPort,
    path: question < 0 ? pathAndQuery : pathAndQuery.slice(0, question),
    pathAndQuery,
  };
}

const parsed = remember(1000, (authority) => {
  const parts = /^([a-zA-Z0-9.-]+|\[[0-9a-fA-F:.]+\])(?::(\d{1,5}))?$/.exec(authority);
  if (parts === null) return null;
  const [, host = "", port] = parts;
  return { host: host.toLowerCase(), port: port === undefined ? undefined : Number(port) };
});

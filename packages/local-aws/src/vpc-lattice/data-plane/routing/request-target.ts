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
 * wins over the header. Undefined: the request is malformed.
 * https://www.rfc-editor.org/rfc/rfc9112#section-3.2
 */
export function requestTarget(url: string, hostHeader: string | undefined): RequestTarget | undefined {
  if (url.startsWith("/")) return hostHeader === undefined ? undefined : target(hostHeader, url);
  const absolute = /^http:\/\/([^/?#]+)(.*)$/i.exec(url);
  if (absolute === null) return undefined;
  const [, authority = "", rest = ""] = absolute;
  return target(authority, rest.startsWith("/") ? rest : `/${rest}`);
}

function target(authority: string, pathAndQuery: string): RequestTarget | undefined {
  const parts = /^([a-zA-Z0-9.-]+|\[[0-9a-fA-F:.]+\])(?::(\d{1,5}))?$/.exec(authority);
  if (parts === null) return undefined;
  const [, host = "", port = "80"] = parts;
  const question = pathAndQuery.indexOf("?");
  return {
    host: host.toLowerCase(),
    port: Number(port),
    path: question < 0 ? pathAndQuery : pathAndQuery.slice(0, question),
    pathAndQuery,
  };
}

import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { createServer as createSecureServer, type Server as SecureServer } from "node:https";
import { type Reply, type Routes, refused } from "./route.ts";

const BODY_LIMIT = 64 * 1024;
/** Longer than the minute after which Lattice lets go of an idle connection, so that it is never cut under a request. */
const KEEP_ALIVE_MS = 65_000;

export interface ShopServerOptions {
  readonly routes: Routes;
  readonly version: string;
  readonly fails: () => boolean;
  /** Both PEM; without them the server speaks plain HTTP. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
}

/** A server for one service of the shop, not yet listening. It answers GET /health whatever else fails. */
export function shopServer({ routes, version, fails, tls }: ShopServerOptions): Server | SecureServer {
  const listener: RequestListener = async (request, response) => {
    const made = await reply(request, routes, fails).catch(() => undefined);
    if (made === undefined) {
      // The client went away in the middle of its request.
      response.destroy();
      return;
    }
    const { status, body } = made;
    const headers = { "content-type": "application/json", "x-shop-version": version };
    // A server that is closing takes no further request on this connection.
    const last = server.listening ? {} : { connection: "close" };
    response.writeHead(status, { ...headers, ...last });
    response.end(JSON.stringify(body));
  };
  const server = tls === undefined ? createServer(listener) : createSecureServer(tls, listener);
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  return server;
}

async function reply(request: IncomingMessage, routes: Routes, fails: () => boolean): Promise<Reply> {
  const [pathname = "/", ...search] = (request.url ?? "/").split("?");
  if (pathname === "/health") return { status: 200, body: { status: "healthy" } };
  const methods = Object.hasOwn(routes, pathname) ? routes[pathname] : undefined;
  if (methods === undefined) return refused(404, `there is nothing at ${pathname}`);
  const method = request.method ?? "";
  const handle = Object.hasOwn(methods, method) ? methods[method] : undefined;
  if (handle === undefined) return refused(405, `${pathname} takes ${Object.keys(methods).join(" and ")}`);
  if (fails()) return refused(500, "something went wrong");
  const body = await jsonOf(request);
  return "refusal" in body
    ? body.refusal
    : handle({ query: new URLSearchParams(search.join("?")), body: body.value });
}

async function jsonOf(request: IncomingMessage): Promise<{ value: unknown } | { refusal: Reply }> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= BODY_LIMIT) chunks.push(chunk);
  }
  if (size > BODY_LIMIT) return { refusal: refused(413, `the body is larger than ${BODY_LIMIT} bytes`) };
  if (size === 0) return { value: undefined };
  try {
    return { value: JSON.parse(Buffer.concat(chunks).toString()) };
  } catch {
    return { refusal: refused(400, "the body is not JSON") };
  }
}

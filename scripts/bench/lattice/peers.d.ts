declare module "http-proxy" {
  import type { Agent, IncomingMessage, ServerResponse } from "node:http";

  const httpProxy: {
    createProxyServer(options: { readonly target: string; readonly agent: Agent; readonly xfwd: boolean }): {
      web(request: IncomingMessage, response: ServerResponse): void;
    };
  };
  export = httpProxy;
}

declare module "fast-proxy" {
  import type { IncomingMessage, ServerResponse } from "node:http";

  interface Proxy {
    proxy(request: IncomingMessage, response: ServerResponse, source: string, options: object): void;
  }
  function fastProxy(options: { readonly base: string; readonly undici: object }): Proxy;
  export = fastProxy;
}

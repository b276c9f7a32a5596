import { createServer } from "node:http";
import fastProxy from "fast-proxy";
import { ready } from "./child.ts";

// As its own benchmark has it: over undici.
const { proxy } = fastProxy({
  base: `http://127.0.0.1:${process.argv[2]}`,
  undici: { connections: 100, pipelining: 1 },
});
ready(
  createServer({ keepAliveTimeout: 120_000 }, (request, response) =>
    proxy(request, response, request.url ?? "/", {}),
  ),
);

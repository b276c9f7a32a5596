import fastifyHttpProxy from "@fastify/http-proxy";
import fastify from "fastify";
import { ready } from "./child.ts";

const app = fastify({ keepAliveTimeout: 120_000 });
app.register(fastifyHttpProxy, {
  upstream: `http://127.0.0.1:${process.argv[2]}`,
  undici: { connections: 100, pipelining: 1 },
});
await app.ready();
ready(app.server);

import { createServer } from "node:http";
import { ready } from "./child.ts";

const body = JSON.stringify({ sku: "apple", stock: 7, note: "x".repeat(64) });

const server = createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
  request.resume();
  response.writeHead(200, { "content-type": "application/json", "content-length": body.length });
  response.end(body);
});
ready(server);

import { Agent, createServer } from "node:http";
import httpProxy from "http-proxy";
import { ready } from "./child.ts";

const target = `http://127.0.0.1:${process.argv[2]}`;
const proxy = httpProxy.createProxyServer({ target, agent: new Agent({ keepAlive: true }), xfwd: true });
ready(createServer({ keepAliveTimeout: 120_000 }, (request, response) => proxy.web(request, response)));

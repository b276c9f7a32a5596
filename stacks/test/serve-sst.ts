import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";

/** Serves what sst serves to its program during a deployment; a function's bundle is empty, its source must exist. Does not keep the process. */
export async function serveSst(root: string): Promise<string> {
  const server = createServer(async (request, response) => {
    response.setHeader("connection", "close");
    const { method, params } = JSON.parse(await text(request));
    try {
      response.end(JSON.stringify({ result: answer(root, method, params[0]) }));
    } catch (error) {
      response.end(JSON.stringify({ error: String(error) }));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve).unref());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function answer(root: string, method: string, input: { handler: string; functionID: string }) {
  if (method === "Provider.Aws.Bootstrap")
    return {
      asset: "sst-asset",
      assetEcrRegistryId: "123456789012",
      assetEcrUrl: "123456789012.dkr.ecr.us-east-1.amazonaws.com/sst-asset",
      state: "sst-state",
    };
  if (method !== "Runtime.Build") throw new Error(`rpc: can't find ${method}`);
  const source = path.join(root, input.handler.replace(/\.\w+$/, ".ts"));
  if (!existsSync(source)) throw new Error(`Handler not found: ${input.handler}`);
  const out = path.join(tmpdir(), `espalier-recorded-${process.pid}`, input.functionID);
  mkdirSync(out, { recursive: true });
  writeFileSync(path.join(out, "bundle.mjs"), "export {};");
  return { handler: "bundle.handler", out, errors: [], sourcemaps: [] };
}

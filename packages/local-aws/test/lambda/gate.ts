import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A server on loopback that answers nobody until it is opened. `arrived` resolves when `count` requests wait. */
export async function closedGate(count: number) {
  const opened = Promise.withResolvers<void>();
  const arrived = Promise.withResolvers<void>();
  let waiting = 0;
  const server = createServer(async (_, response) => {
    waiting += 1;
    if (waiting === count) arrived.resolve();
    await opened.promise;
    response.setHeader("connection", "close");
    response.end("open", () => server.close());
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, open: () => opened.resolve(), arrived: arrived.promise };
}

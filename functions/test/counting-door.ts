import http from "node:http";
import type { AddressInfo } from "node:net";

/** One call: its method and the path without its query, `GET /services/svc-0123456789abcdef0`. */
export interface CountingDoor {
  readonly url: string;
  /** Every call since the last taking. */
  take(): string[];
  close(): void;
}

/** An address that hands every call on to an endpoint as it is, and remembers which they were. */
export async function countingDoor(endpoint: string): Promise<CountingDoor> {
  let calls: string[] = [];
  const server = http.createServer((request, response) => {
    calls.push(`${request.method} ${request.url?.split("?")[0]}`);
    const { hostname, port } = new URL(endpoint);
    const { method = "GET", url: path = "/", headers } = request;
    const onwards = http.request({ hostname, port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    onwards.on("error", () => response.destroy());
    request.pipe(onwards);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take() {
      const taken = calls;
      calls = [];
      return taken;
    },
    close: () => server.close(),
  };
}

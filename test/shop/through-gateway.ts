import { request } from "node:http";
import { request as secureRequest } from "node:https";

/** A fetch that reaches every name at a VPC's gateway to Lattice, on loopback; over TLS it trusts this authority alone. */
export function throughGateway(port: number, authority: string): typeof globalThis.fetch {
  return async (input, init) => {
    const asked = new Request(input, init);
    const { host, hostname, protocol, pathname, search } = new URL(asked.url);
    const body = await asked.text();
    const options = {
      host: "127.0.0.1",
      port,
      method: asked.method,
      path: pathname + search,
      headers: { ...Object.fromEntries(asked.headers), host },
      agent: false as const,
    };
    return new Promise((resolve, reject) => {
      const sending =
        protocol === "https:"
          ? secureRequest({ ...options, servername: hostname, ca: authority })
          : request(options);
      sending.on("response", async (answer) => {
        const chunks = await answer.toArray();
        resolve(new Response(Buffer.concat(chunks), { status: answer.statusCode ?? 0 }));
      });
      sending.on("error", reject).end(body);
    });
  };
}

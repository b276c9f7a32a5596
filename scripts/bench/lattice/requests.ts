import { GetRuleCommand, type GetRuleCommandInput, VPCLatticeClient } from "@aws-sdk/client-vpc-lattice";
import { signedFetch } from "../../../packages/signed-fetch/src/index.ts";

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const path = "/stock/apple?size=2";

/** A request for some stock as it goes over the wire. */
export function plainRequest(host: string, headers: Readonly<Record<string, string>> = {}): string {
  return wire("GET", path, { host, "user-agent": "bench", accept: "*/*", ...headers });
}

/** The same, signed for Lattice. A signature is good for five minutes. */
export async function signedRequest(
  host: string,
  { credentials, region }: { readonly credentials: Credentials; readonly region: string },
): Promise<string> {
  let headers: Record<string, string> = {};
  const fetch = signedFetch({
    credentials,
    region,
    fetch: async (input) => {
      headers = Object.fromEntries(new Request(input).headers);
      return new Response();
    },
  });
  await fetch(`http://${host}${path}`);
  return plainRequest(host, headers);
}

/** A GetRule as the SDK signs it. */
export async function signedGetRule(
  client: { readonly endpoint: string; readonly region: string; readonly credentials: Credentials },
  input: GetRuleCommandInput,
): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const handle = async (request: {
    readonly method: string;
    readonly path: string;
    readonly headers: Record<string, string>;
  }) => {
    resolve(wire(request.method, request.path, request.headers));
    throw new Error("it is only wanted signed");
  };
  const lattice = new VPCLatticeClient({ ...client, maxAttempts: 1, requestHandler: { handle } as never });
  await lattice.send(new GetRuleCommand(input)).catch(() => undefined);
  return promise;
}

function wire(method: string, target: string, headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${target} HTTP/1.1`, ...lines, "", ""].join("\r\n");
}

import { SignatureV4 } from "@smithy/signature-v4";
import type { AwsCredentialIdentity, Provider } from "@smithy/types";
import { splitPath } from "./query.ts";
import { Sha256 } from "./sha256.ts";
import { UNSIGNED_PAYLOAD } from "./unsigned-payload.ts";

/**
 * A fetch that signs each request for VPC Lattice: Signature Version 4 for `vpc-lattice-svcs`, over everything but the body.
 * `now` is wall time.
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/sigv4-authenticated-requests.html
 */
export function signedFetch({
  credentials,
  region,
  fetch = globalThis.fetch,
  now = () => new Date(),
}: {
  readonly credentials: AwsCredentialIdentity | Provider<AwsCredentialIdentity>;
  readonly region: string;
  readonly fetch?: typeof globalThis.fetch;
  readonly now?: () => Date;
}): typeof globalThis.fetch {
  const signer = new SignatureV4({ service: "vpc-lattice-svcs", region, credentials, sha256: Sha256 });
  return async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const signed = await signer.sign(
      {
        method: request.method,
        protocol: url.protocol,
        hostname: url.hostname,
        ...splitPath(url.pathname + url.search),
        headers: {
          ...Object.fromEntries(request.headers),
          host: url.host,
          "x-amz-content-sha256": UNSIGNED_PAYLOAD,
        },
      },
      { signingDate: now() },
    );
    // The host is in the URL already, and fetch sends it itself.
    const { host: _, ...headers } = signed.headers;
    return fetch(new Request(request, { headers }));
  };
}

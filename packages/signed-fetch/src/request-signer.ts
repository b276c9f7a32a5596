import { SignatureV4 } from "@smithy/signature-v4";
import type { AwsCredentialIdentity, Provider } from "@smithy/types";
import { splitPath } from "./query.ts";
import { Sha256 } from "./sha256.ts";
import { UNSIGNED_PAYLOAD } from "./unsigned-payload.ts";

export interface SignerOptions {
  readonly credentials: AwsCredentialIdentity | Provider<AwsCredentialIdentity>;
  readonly region: string;
  /** Wall time. */
  readonly now?: () => Date;
}

/** A request that is to be signed, before it is sent. */
export interface SignableRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Answers the headers of a request with those that sign it for VPC Lattice, the host among them: Signature Version 4 for
 * `vpc-lattice-svcs`, over everything but the body.
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/sigv4-authenticated-requests.html
 */
export function requestSigner({ credentials, region, now = () => new Date() }: SignerOptions) {
  const signer = new SignatureV4({ service: "vpc-lattice-svcs", region, credentials, sha256: Sha256 });
  return async ({ method, url, headers }: SignableRequest): Promise<Record<string, string>> => {
    const signed = await signer.sign(
      {
        method,
        protocol: url.protocol,
        hostname: url.hostname,
        ...splitPath(url.pathname + url.search),
        headers: { ...headers, host: url.host, "x-amz-content-sha256": UNSIGNED_PAYLOAD },
      },
      { signingDate: now() },
    );
    return signed.headers;
  };
}

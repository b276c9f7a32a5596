import type { NamedPolicy } from "@espalier/policy";
import { checkSignature, hasRegion, UNSIGNED_PAYLOAD } from "@espalier/signed-fetch";
import type { Caller } from "../../../platform.ts";
import type { Exchange } from "../exchange.ts";
import type { Identity } from "./authorise.ts";

/** What is known of an access key. */
export interface KnownIdentity extends Identity {
  readonly caller: Caller;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  readonly policies: readonly NamedPolicy[];
}

export type IdentitySource = (accessKeyId: string) => KnownIdentity | undefined;

/** `anonymous` has no signature; a signature that does not hold is `refused`, never anonymous. */
export type Authentication =
  | { readonly type: "anonymous" }
  | { readonly type: "authenticated"; readonly identity: Identity }
  | { readonly type: "refused"; readonly message: string };

interface Surroundings {
  /** Wall time. */
  readonly now: Date;
  readonly clockSkewSeconds: number;
  /** The service's. */
  readonly region: string;
}

const signingName = "vpc-lattice-svcs";

/** Of a signature, also where it comes after something else. */
const scheme = /(?:^|,)\s*AWS4-/i;

/** Whether a request carries a signature, good or not. */
export function isSigned({ headers, url }: Pick<Exchange, "headers" | "url">): boolean {
  const { authorization } = headers;
  return (authorization !== undefined && scheme.test(authorization)) || /[?&]X-Amz-Signature=/i.test(url);
}

/** Who signed the request. See https://docs.aws.amazon.com/vpc-lattice/latest/ug/sigv4-authenticated-requests.html */
export function authenticate(
  request: Pick<Exchange, "headers" | "url" | "method" | "authority">,
  path: string,
  identityOf: IdentitySource,
  { now, clockSkewSeconds, region }: Surroundings,
): Authentication {
  if (!isSigned(request)) return { type: "anonymous" };
  let identity: KnownIdentity | undefined;
  const secretOf = (accessKeyId: string) => {
    identity = identityOf(accessKeyId);
    if (identity === undefined) return undefined;
    const { secretAccessKey, sessionToken } = identity;
    return { secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
  };
  const check = checkSignature(
    { method: request.method, path, headers: signable(request), payloadHash: UNSIGNED_PAYLOAD },
    { secretOf, now, clockSkewSeconds },
  );
  if (!check.ok) return { type: "refused", message: `${check.code}: ${check.message}` };
  if (check.service !== signingName || identity === undefined) {
    return refused(`Credential should be scoped to correct service: '${signingName}'.`);
  }
  if (!hasRegion(check.region, region)) {
    return refused(`Credential should be scoped to a valid region, not '${check.region}'.`);
  }
  return { type: "authenticated", identity };
}

function refused(message: string): Authentication {
  return { type: "refused", message: `InvalidSignatureException: ${message}` };
}

/** HTTP/2 has an authority where HTTP/1.1 has a Host, and it is signed under that name. */
function signable({ headers, authority }: Pick<Exchange, "headers" | "authority">) {
  return headers.host !== undefined || authority === undefined ? headers : { ...headers, host: authority };
}

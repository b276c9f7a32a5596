import { type Headers, headerOf } from "./headers.ts";
import { type Query, splitPath } from "./query.ts";
import { isSignature } from "./signature.ts";
import { type SignatureClaim, signatureClaim } from "./signature-claim.ts";
import { UNSIGNED_PAYLOAD } from "./unsigned-payload.ts";

/** A request as it came over the wire. */
export interface CheckedRequest {
  readonly method: string;
  /** As sent, with the query. */
  readonly path: string;
  readonly headers: Headers;
  /** The body's SHA-256 in hex, or UNSIGNED_PAYLOAD where the service lets no signature cover the body. */
  readonly payloadHash: string;
}

/** What belongs to an access key. */
export interface KnownSecret {
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/**
 * Who signed, or why the signature is not accepted: the error as AWS names and words it. `region` is the one of the scope, or the
 * region set that a signature of Version 4A is good for.
 */
export type SignatureCheck =
  | { readonly ok: true; readonly accessKeyId: string; readonly region: string; readonly service: string }
  | { readonly ok: false; readonly code: string; readonly message: string };

/**
 * Checks a Signature Version 4 or 4A, in the Authorization header or in the query, by signing the request again with the known
 * secret. `now` is wall time. The chunks of a streamed payload are not checked.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function checkSignature(
  request: CheckedRequest,
  {
    secretOf,
    now,
    clockSkewSeconds = 300,
  }: {
    readonly secretOf: (accessKeyId: string) => KnownSecret | undefined;
    readonly now: Date;
    readonly clockSkewSeconds?: number;
  },
): SignatureCheck {
  const split = splitOrUndefined(request.path);
  if (!split) return refused("IncompleteSignatureException", "The query string cannot be decoded");
  const claim = signatureClaim(request.headers, split.query);
  if (claim === undefined)
    return refused("MissingAuthenticationTokenException", "Missing Authentication Token");
  if (typeof claim === "string") return refused("IncompleteSignatureException", claim);

  const { accessKeyId, region, service } = claim.scope;
  const secret = secretOf(accessKeyId);
  if (!secret || claim.sessionToken !== secret.sessionToken) {
    return refused("UnrecognizedClientException", "The security token included in the request is invalid.");
  }
  const late = outOfTime(claim, now.getTime(), clockSkewSeconds * 1000);
  if (late) return refused("InvalidSignatureException", late);

  const payload = payloadClaim(request, claim, split.query);
  if (payload === undefined) return refused("InvalidSignatureException", PAYLOAD_MISMATCH);
  const { method, headers } = request;
  const signed = { method, headers, ...split, ...claim, payload };
  if (!isSignature(claim.signature, signed, secret.secretAccessKey))
    return refused("InvalidSignatureException", SIGNATURE_MISMATCH);
  return { ok: true, accessKeyId, region, service };
}

const SIGNATURE_MISMATCH =
  "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";
const PAYLOAD_MISMATCH = "The provided 'x-amz-content-sha256' header does not match what was computed.";
const CONTENT_HASH = "x-amz-content-sha256";

function refused(code: string, message: string): SignatureCheck {
  return { ok: false, code, message };
}

function splitOrUndefined(path: string) {
  try {
    return splitPath(path);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

function outOfTime({ signedAt, expiresIn }: SignatureClaim, now: number, skew: number): string | undefined {
  const at = signedAt.getTime();
  const good = expiresIn === undefined ? skew : expiresIn * 1000;
  if (at > now + skew)
    return `Signature not yet current: ${basic(at)} is still later than ${basic(now + skew)}`;
  if (at < now - good) return `Signature expired: ${basic(at)} is now earlier than ${basic(now - good)}`;
  return undefined;
}

function basic(time: number): string {
  return new Date(time).toISOString().replaceAll(/[-:]|\.\d+/g, "");
}

/** What the signature was made over in place of the body; undefined where that is not this body. */
function payloadClaim(request: CheckedRequest, claim: SignatureClaim, query: Query): string | undefined {
  const inQuery = Object.entries(query).find(([name]) => name.toLowerCase() === CONTENT_HASH)?.[1];
  const claimed =
    headerOf(request.headers, CONTENT_HASH) ?? (typeof inQuery === "string" ? inQuery : undefined);
  if (request.payloadHash === UNSIGNED_PAYLOAD) {
    const silent = claimed === undefined && claim.form === "query";
    return claimed === UNSIGNED_PAYLOAD || silent ? UNSIGNED_PAYLOAD : undefined;
  }
  if (claimed === undefined) return request.payloadHash;
  const uncovered = claimed === UNSIGNED_PAYLOAD || claimed.startsWith("STREAMING-");
  return uncovered || claimed === request.payloadHash ? claimed : undefined;
}

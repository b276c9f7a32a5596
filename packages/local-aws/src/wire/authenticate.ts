import { createHash } from "node:crypto";
import { checkSignature, credentialScope } from "@espalier/signed-fetch";
import { AwsError } from "../aws-error.ts";
import type { Iam } from "../iam/iam.ts";
import type { Caller } from "../platform.ts";
import type { WireRequest } from "./protocol.ts";

/** The service that a request is signed for; undefined without a signature that can be read. */
export function signedService({ headers, path }: WireRequest): string | undefined {
  return credentialScope(headers, path)?.service;
}

/** Who signed a request, and for which region. */
export interface Signer {
  readonly caller: Caller;
  readonly region: string;
}

/** Who signed the request. Signatures are checked on wall time. Throws AwsError with AWS's codes, status 403. */
export async function authenticate(
  request: WireRequest,
  { iam, now }: { iam: Pick<Iam, "callerOf" | "hasExpired">; now: Date },
): Promise<Signer> {
  const payloadHash = createHash("sha256").update(request.body).digest("hex");
  const check = checkSignature(
    { ...request, payloadHash },
    { secretOf: (accessKeyId) => iam.callerOf(accessKeyId), now },
  );
  const scope = credentialScope(request.headers, request.path);
  if (!check.ok && scope !== undefined && iam.hasExpired(scope.accessKeyId)) {
    throw new AwsError("ExpiredTokenException", "The security token included in the request is expired", 403);
  }
  if (!check.ok) throw new AwsError(check.code, check.message, 403);
  if (!/^[a-z]{2}(?:-[a-z]{2,12}){1,3}-\d{1,2}$/.test(check.region)) {
    const message = `Credential should be scoped to a valid region, not '${check.region}'.`;
    throw new AwsError("InvalidSignatureException", message, 403);
  }
  const claimed = request.headers["x-amz-content-sha256"];
  if (check.service !== "s3" && claimed !== undefined && claimed !== payloadHash) {
    throw new AwsError("InvalidSignatureException", "The signature does not cover the body.", 403);
  }
  const known = iam.callerOf(check.accessKeyId);
  if (known === undefined) throw new AwsError("UnrecognizedClientException", unknownToken, 403);
  return { caller: known.caller, region: check.region };
}

const unknownToken = "The security token included in the request is invalid.";

export { hasRegion } from "./asymmetric.ts";
export {
  type CheckedRequest,
  checkSignature,
  type KnownSecret,
  type SignatureCheck,
} from "./check-signature.ts";
export { type CredentialScope, credentialScope } from "./credential-scope.ts";
export { requestSigner, type SignableRequest, type SignerOptions } from "./request-signer.ts";
export { signedFetch } from "./signed-fetch.ts";
export { UNSIGNED_PAYLOAD } from "./unsigned-payload.ts";
